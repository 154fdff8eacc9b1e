//! The one line at the top of a screen: what is the matter, and the button that helps.

use super::explain::{explain, label};
use super::{Language, Text};
use crate::problem::{Problem, Remedy};

/// What is the matter, in one line.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Notice {
    /// For the icon.
    pub kind: NoticeKind,
    /// The sentence.
    pub text: String,
    /// The sentence as spoken.
    pub spoken: String,
    /// What the person can do, as the label of a button.
    pub action: Option<String>,
    /// What that button does; "the same once more" is to refresh the screen.
    pub remedy: Option<Remedy>,
}

/// What a notice is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum NoticeKind {
    /// No way to the operator.
    Offline,
    /// The operator cannot serve now.
    Maintenance,
    /// The network in between answers.
    BlockedNetwork,
    /// The person must sign in again.
    SignInAgain,
    /// The operator's answer was not understood.
    NotUnderstood,
    /// Not for this person's number.
    NotPermitted,
    /// The phone's clock is wrong by more than five minutes.
    Clock,
    /// Something on the phone itself.
    Device,
}

impl Notice {
    /// A problem as the usual words have it. None where the person ended it themselves.
    pub(crate) fn of(problem: &Problem, language: Language, operator: &str) -> Option<Notice> {
        let sentence = explain(problem, language, operator).as_text();
        (!problem.is_silent()).then(|| Notice::saying(sentence, problem, language))
    }

    /// A problem in words of the screen's own.
    pub(crate) fn saying(sentence: Text, problem: &Problem, language: Language) -> Notice {
        Notice::new(NoticeKind::of(problem), sentence, Remedy::of(problem), language)
    }

    /// Any other.
    pub(crate) fn new(kind: NoticeKind, sentence: Text, remedy: Option<Remedy>, language: Language) -> Notice {
        let action = remedy.map(|remedy| label(remedy, language));
        Notice { kind, text: sentence.text, spoken: sentence.spoken, action, remedy }
    }
}

impl NoticeKind {
    /// What a problem is about.
    pub(crate) fn of(problem: &Problem) -> NoticeKind {
        match problem {
            Problem::Offline => NoticeKind::Offline,
            Problem::ServiceUnavailable { .. } | Problem::TooOften { .. } => NoticeKind::Maintenance,
            Problem::BlockedNetwork => NoticeKind::BlockedNetwork,
            Problem::SessionEnded { .. } | Problem::SignIn { .. } => NoticeKind::SignInAgain,
            Problem::NotPermitted => NoticeKind::NotPermitted,
            Problem::NotUnderstood { .. } => NoticeKind::NotUnderstood,
            Problem::StorageUnavailable { .. } | Problem::Configuration { .. } | Problem::Unexpected { .. } => {
                NoticeKind::Device
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::{SessionEnd, StorageFailure};

    #[test]
    fn a_notice_has_the_button_that_helps_and_none_where_waiting_does() {
        let locked = Problem::StorageUnavailable { reason: StorageFailure::AppLocked };
        let ended = Problem::SessionEnded { reason: SessionEnd::Revoked };
        for (problem, kind, remedy) in [
            (Problem::Offline, NoticeKind::Offline, Some(Remedy::TryAgain)),
            (Problem::ServiceUnavailable { retry_after_seconds: Some(60) }, NoticeKind::Maintenance, None),
            (Problem::BlockedNetwork, NoticeKind::BlockedNetwork, Some(Remedy::OpenBrowser)),
            (ended, NoticeKind::SignInAgain, Some(Remedy::SignIn)),
            (Problem::NotPermitted, NoticeKind::NotPermitted, None),
            (locked, NoticeKind::Device, Some(Remedy::Unlock)),
        ] {
            for language in Language::ALL {
                let notice = Notice::of(&problem, language, "Example Mobile").unwrap();
                assert_eq!((notice.kind, notice.remedy), (kind, remedy), "{problem:?}");
                assert_eq!(notice.action.is_some(), remedy.is_some(), "a button has a word: {problem:?}");
            }
        }
        assert_eq!(Notice::of(&Problem::cancelled(), Language::English, "Example Mobile"), None);
    }
}
