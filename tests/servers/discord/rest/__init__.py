"""Discord's REST API, by subject: each module says which operations of the published description it carries out."""
