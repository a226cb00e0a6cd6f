"""What a learner pastes or exports of a chat with an assistant: bytes in, questions with their answers out."""
