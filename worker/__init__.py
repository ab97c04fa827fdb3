"""What takes time: sound into words, texts to the carrier, the clock's duties, and the command that starts it all."""
