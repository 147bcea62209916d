"""The rules of providers: pure, one decision boundary a file."""
