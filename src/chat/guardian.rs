//! What a family can say.
