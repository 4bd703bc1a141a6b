//! What head teachers and the office see.
