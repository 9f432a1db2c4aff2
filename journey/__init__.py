"""What a customer journey map is: its model, its limits, what it still lacks and what to advise."""
