"""What any scene is made with."""
