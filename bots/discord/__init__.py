"""Discord: what people do there reaches the core, and answers go back."""
