//! Writing a roster. (Another hand fills this.)
