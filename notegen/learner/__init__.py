"""What the learner wrote, read and ticked."""
