//! stub
use crate::problem::*;
pub fn explain(_p: &Problem, _l: super::Language, _o: &str) -> Explanation {
    Explanation { title: String::new(), sentence: String::new(), action: None, spoken: String::new() }
}
