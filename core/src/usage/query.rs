//! Asking the operator for usage: which address, which filter, and how a task is waited for (TMF677).

use std::sync::Arc;
use std::time::Duration;

use jiff::ZonedDateTime;
use jiff::civil::Date;
use serde_json::{Map, Value, json};
use url::Url;

use super::tmf::{self, Decoded, HowToRead, Refusal, TaskState};
use crate::engine::Engine;
use crate::host::pause;
use crate::operator::address::address;
use crate::operator::http::Answer;
use crate::operator::profile::{QueryMode, UsageApi};
use crate::operator::tolerant::Unreadable;
use crate::problem::Problem;
use crate::session::{Call, Line, Session, Subject};

/// How long a task may take before the last good values must do.
const PATIENCE: Duration = Duration::from_secs(20);
const FIRST_PAUSE: Duration = Duration::from_millis(500);
const LONGEST_PAUSE: Duration = Duration::from_secs(5);

/// What the operator answered, and for how long it says that this is good.
pub(super) struct Asked {
    /// The answer.
    pub news: News,
    /// Seconds (`Cache-Control: max-age`), where the operator says so.
    pub max_age_seconds: Option<u32>,
}

/// Whether there is anything new.
pub(super) enum News {
    /// What we keep is still what the operator would send (304).
    Unchanged,
    /// A new answer.
    Answered {
        /// What it says.
        decoded: Decoded,
        /// Its entity tag.
        etag: Option<String>,
    },
}

/// What is asked for, and how.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Wanted<'a> {
    /// The entity tag of what is kept.
    pub etag: Option<&'a str>,
    /// The days from here on as well, where the operator is asked for them apart.
    pub days_from: Option<Date>,
    /// Nothing is tried again that fails.
    pub once: bool,
}

/// Asks for one line.
pub(super) async fn ask(
    engine: &Engine,
    session: &Arc<Session>,
    subject: &Subject,
    line: &Line,
    wanted: Wanted<'_>,
) -> Result<Asked, Problem> {
    let api = &engine.profile.apis.usage;
    let number = line.msisdn.as_deref().unwrap_or(&line.id);
    let lines = [number.to_owned()];
    let how = HowToRead {
        lines: Some(&lines),
        line_id: Some(&line.id),
        me: Some(&subject.sub),
        time_zone: &engine.zone,
        data_base: engine.profile.units.data_base,
        cycle_end: engine.profile.cycle_end,
    };
    let Wanted { etag, days_from, once } = wanted;
    let days_from = days_from.and_then(|day| day.to_zoned_datetime(engine.zone.clone()).ok());
    let answer = match api.query {
        QueryMode::ReportGet | QueryMode::QueryGet => {
            let call = Call { if_none_match: etag, once, ..Call::default() };
            session.call(&filtered(api, number, days_from)?, call).await?
        }
        QueryMode::QueryPost => {
            let body = criteria(&api.line_filter, number);
            let call = Call { json: Some(body.to_string().into_bytes()), once, ..Call::default() };
            session.call(&address(&api.base_url, &["queryUsageConsumption"])?, call).await?
        }
    };
    if answer.status == 304 {
        return Ok(Asked { news: News::Unchanged, max_age_seconds: answer.max_age_seconds });
    }
    wait_for(session, api, answer, once, &how).await
}

/// Reads an answer; one that is a task under way is asked for again until it is done.
async fn wait_for(
    session: &Arc<Session>,
    api: &UsageApi,
    mut answer: Answer,
    once: bool,
    how: &HowToRead<'_>,
) -> Result<Asked, Problem> {
    let mut waited = Duration::ZERO;
    let mut next_pause = FIRST_PAUSE;
    loop {
        let decoded = tmf::decode(&answer.body, how).map_err(|refusal| problem(&refusal))?;
        let under_way =
            decoded.task.as_ref().filter(|task| matches!(task.state, TaskState::Accepted | TaskState::InProgress));
        let Some(task) = under_way else {
            // The tag of the answer itself: that of a task still under way would speak of its waiting.
            let news = News::Answered { decoded, etag: answer.etag };
            return Ok(Asked { news, max_age_seconds: answer.max_age_seconds });
        };
        let asked_for = answer.retry_after_seconds.map(|seconds| Duration::from_secs(seconds.into()));
        // "At once" would be a loop without a breath.
        let wait = asked_for.unwrap_or(next_pause).clamp(FIRST_PAUSE, PATIENCE);
        waited = waited.saturating_add(wait);
        if waited > PATIENCE {
            return Err(Problem::ServiceUnavailable { retry_after_seconds: answer.retry_after_seconds });
        }
        let Some(id) = task.id.clone() else { return Err(not_understood("task_without_id")) };
        pause(wait).await;
        next_pause = next_pause.saturating_mul(2).min(LONGEST_PAUSE);
        answer = session
            .call(&address(&api.base_url, &["queryUsageConsumption", &id])?, Call { once, ..Call::default() })
            .await?;
    }
}

/// What a refusal of the decoder means to the person.
fn problem(refusal: &Refusal) -> Problem {
    match refusal {
        Refusal::Unreadable(Unreadable::Html) => Problem::BlockedNetwork,
        Refusal::TaskFailed { .. } => Problem::ServiceUnavailable { retry_after_seconds: None },
        other => not_understood(other.code()),
    }
}

fn not_understood(code: &str) -> Problem {
    Problem::NotUnderstood { code: code.to_owned() }
}

fn filtered(api: &UsageApi, number: &str, days_from: Option<ZonedDateTime>) -> Result<Url, Problem> {
    let resource = match api.query {
        QueryMode::ReportGet => "usageConsumptionReport",
        QueryMode::QueryGet | QueryMode::QueryPost => "queryUsageConsumption",
    };
    let mut url = address(&api.base_url, &[resource])?;
    url.query_pairs_mut().append_pair(&api.line_filter, number);
    if let (Some(filter), Some(from)) = (&api.days_filter, days_from) {
        url.query_pairs_mut().append_pair(filter, &from.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string());
    }
    Ok(url)
}

/// The task's search criteria: the filter's path as nested objects, the first step a list (TMF677 v5
/// `QueryUsageConsumption_FVO`).
fn criteria(filter: &str, number: &str) -> Value {
    let mut steps = filter.split('.');
    let first = steps.next().unwrap_or_default();
    let inner = steps.rev().fold(json!(number), |value, step| {
        let mut object = Map::new();
        object.insert(step.to_owned(), value);
        Value::Object(object)
    });
    let mut criteria = Map::new();
    criteria.insert("@type".to_owned(), json!("UsageConsumptionReport"));
    criteria.insert(first.to_owned(), json!([inner]));
    json!({ "@type": "QueryUsageConsumption", "searchCriteria": criteria })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn api(base_url: &str) -> UsageApi {
        UsageApi {
            base_url: base_url.to_owned(),
            query: QueryMode::ReportGet,
            line_filter: "logicalResource.value".to_owned(),
            days_filter: Some("days.gte".to_owned()),
        }
    }

    #[test]
    fn the_line_is_a_filter_with_its_plus_sign_encoded() {
        for base in ["https://api.example/usage/v5", "https://api.example/usage/v5/"] {
            assert_eq!(
                filtered(&api(base), "+32470123456", None).unwrap().as_str(),
                "https://api.example/usage/v5/usageConsumptionReport?logicalResource.value=%2B32470123456"
            );
            let from = date(2026, 10, 25).to_zoned_datetime(jiff::tz::get!("Europe/Brussels")).unwrap();
            assert_eq!(
                filtered(&api(base), "7", Some(from)).unwrap().query().unwrap(),
                "logicalResource.value=7&days.gte=2026-10-25T00%3A00%3A00%2B02%3A00"
            );
        }
    }

    #[test]
    fn search_criteria_nest_along_the_filter() {
        assert_eq!(
            criteria("logicalResource.value", "+32"),
            json!({"@type": "QueryUsageConsumption",
                   "searchCriteria": {"@type": "UsageConsumptionReport", "logicalResource": [{"value": "+32"}]}})
        );
        assert_eq!(criteria("service", "+32")["searchCriteria"]["service"], json!(["+32"]));
    }
}
