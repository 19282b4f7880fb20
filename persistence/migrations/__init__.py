"""Numbered changes of the record, a module each, and the runner that applies what is pending."""
