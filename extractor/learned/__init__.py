"""What was learned from gold: agencies and their roles, read by trained models beside the rules."""
