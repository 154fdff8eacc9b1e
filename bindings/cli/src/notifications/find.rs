//! Which switch a command means: line, topic and channel name it, and where the operator has one for each of several
//! thresholds, the threshold as well.

use companion::preferences::view::{PreferenceSwitchView, PreferencesView};

use super::{Which, channel_name, topic_name};

const NONE: &str = "there is no such switch; see companion notifications list";

/// The one switch that is meant, or what to say instead.
pub(super) fn find(view: &PreferencesView, which: &Which) -> Result<PreferenceSwitchView, String> {
    let line = which.line.checked_sub(1).and_then(|at| view.lines.get(at)).ok_or(NONE)?;
    let topics = line.topics.iter().filter(|topic| topic_name(topic.topic) == which.topic);
    let named: Vec<&PreferenceSwitchView> = topics
        .flat_map(|topic| &topic.switches)
        .filter(|switch| channel_name(switch.channel) == which.channel)
        .collect();
    let mut meant = named.iter().filter(|switch| which.threshold.is_none_or(|it| switch.threshold_percent == Some(it)));
    match (meant.next(), meant.next()) {
        (Some(only), None) => Ok((*only).clone()),
        (None, _) if named.is_empty() => Err(NONE.to_owned()),
        (None, _) => Err(format!("there is none of that threshold; {}", listed(&named))),
        (Some(_), Some(_)) => Err(format!("there are several; {}", listed(&named))),
    }
}

fn listed(named: &[&PreferenceSwitchView]) -> String {
    let each = named.iter().map(|switch| match switch.threshold_percent {
        Some(percent) => format!("{} (--threshold {percent})", switch.title.text),
        None => switch.title.text.clone(),
    });
    format!("say which: {}", each.collect::<Vec<_>>().join(", "))
}

#[cfg(test)]
mod tests {
    use clap::Parser;
    use companion::preferences::view::{
        LinePreferencesView, PreferenceChannel, PreferenceTopic, PreferenceTopicView, PreferencesPhase, SwitchPhase,
    };
    use companion::text::Text;

    use super::super::is_settled;
    use super::*;

    #[derive(Parser)]
    struct Command {
        #[command(flatten)]
        which: Which,
    }

    fn view(switches: &[(PreferenceChannel, Option<u8>, SwitchPhase)]) -> PreferencesView {
        let text = |text: &str| Text { text: text.to_owned(), spoken: text.to_owned() };
        let switch =
            |(at, (channel, threshold_percent, phase)): (usize, &(PreferenceChannel, Option<u8>, SwitchPhase))| {
                PreferenceSwitchView {
                    preference_id: at.to_string(),
                    channel: *channel,
                    title: text(&threshold_percent.map_or("SMS".to_owned(), |percent| format!("SMS from {percent}%"))),
                    on: true,
                    threshold_percent: *threshold_percent,
                    can_change: true,
                    phase: *phase,
                    status: None,
                    dismiss_label: None,
                    pending_since_ms: None,
                    conflict: None,
                    reach: None,
                }
            };
        let topic = PreferenceTopicView {
            topic: PreferenceTopic::UsageThreshold,
            title: text("Usage alerts"),
            switches: switches.iter().enumerate().map(switch).collect(),
            note: None,
        };
        PreferencesView {
            revision: 1,
            phase: PreferencesPhase::Loaded,
            refreshing: false,
            notice: None,
            waiting: 0,
            lines: vec![LinePreferencesView { line_id: "1".to_owned(), label: text("x"), topics: vec![topic] }],
        }
    }

    #[test]
    fn a_switch_is_named_by_its_threshold_too_where_there_are_several_and_an_error_lists_them() {
        use PreferenceChannel::{Push, Sms};
        let confirmed = SwitchPhase::Confirmed;
        let one = view(&[(Push, Some(80), confirmed), (Sms, Some(80), confirmed)]);
        let two = view(&[(Sms, Some(75), confirmed), (Sms, Some(90), confirmed)]);
        let several = "there are several; say which: SMS from 75% (--threshold 75), SMS from 90% (--threshold 90)";
        let none = "there is none of that threshold; say which: SMS from 80% (--threshold 80)";
        for (view, arguments, expected) in [
            (&one, "usage sms", Ok("1")),
            (&one, "usage sms --threshold 80", Ok("1")),
            (&one, "usage sms --threshold 75", Err(none)),
            (&one, "usage sms --line 2", Err(NONE)),
            (&one, "usage sms --line 0", Err(NONE)),
            (&one, "bill sms", Err(NONE)),
            (&one, "usage email", Err(NONE)),
            (&two, "usage sms", Err(several)),
            (&two, "usage sms --threshold 90", Ok("1")),
        ] {
            let which = Command::parse_from(["x"].into_iter().chain(arguments.split(' '))).which;
            let found = find(view, &which).map(|switch| switch.preference_id);
            assert_eq!(found, expected.map(str::to_owned).map_err(str::to_owned), "{arguments}");
        }
        assert!(Command::try_parse_from(["x", "usage", "sms", "--threshold", "101"]).is_err());
    }

    #[test]
    fn only_the_command_that_meets_a_refusal_says_so_with_its_exit_status() {
        use SwitchPhase::{Confirmed, Conflict, Expired, Refused, Requested, Sending, Waiting};
        for (before, after, settled) in [
            (Confirmed, Confirmed, true),
            (Waiting, Confirmed, true),
            (Waiting, Refused, false),
            (Refused, Refused, true),
            (Expired, Expired, true),
            (Waiting, Expired, false),
            (Conflict, Conflict, false),
            (Requested, Requested, false),
            (Waiting, Waiting, false),
            (Confirmed, Sending, false),
        ] {
            let of = |phase| view(&[(PreferenceChannel::Sms, None, phase)]);
            assert_eq!(is_settled(&of(before), &of(after)), settled, "{before:?} {after:?}");
        }
        assert!(!is_settled(&view(&[]), &view(&[(PreferenceChannel::Sms, None, Refused)])), "not seen before");
    }
}
