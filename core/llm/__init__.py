"""The model that answers: Claude, or the practice model where no key is set."""
