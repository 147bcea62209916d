"""The rules of charity: pure, one decision boundary a file."""
