//! Which SIM is meant: by its place in the list or by its id. An id is a name between core and phone: it says
//! nothing of the SIM's number, and nothing to a person.

use std::error::Error;

use companion::CompanionCore;
use companion::activation::view::screen::SimView;
use companion::text::{Language, Text, messages};

use crate::phone::explained;

/// The person's SIMs as they are known here, or as the operator has them.
pub async fn sims(core: &CompanionCore) -> Result<Vec<SimView>, String> {
    let known = core.activation().state().sims;
    if !known.is_empty() {
        return Ok(known);
    }
    explained(core, core.activation().refresh(None).await)?;
    Ok(core.activation().state().sims)
}

/// The one that is meant; unnamed, the only one there is.
pub async fn meant(core: &CompanionCore, named: Option<&str>, language: Language) -> Result<SimView, Box<dyn Error>> {
    let mut all = sims(core).await?;
    if let Some(named) = named
        && find(&all, named).is_none()
        && core.activation().refresh(None).await.is_ok()
    {
        // It may be newer than what is known here.
        all = core.activation().state().sims;
    }
    let operator = || Text::foreign(&core.session().state().operator_name);
    let why = match (named, all.as_slice()) {
        (_, []) => return Err(messages::terminal_sim_none(language, &operator()).text.into()),
        (None, [only]) => return Ok(only.clone()),
        (None, _) => messages::terminal_sim_several(language),
        (Some(named), all) => match find(all, named) {
            Some(sim) => return Ok(sim.clone()),
            None => messages::terminal_sim_unknown(language),
        },
    };
    Err(format!("{}\n{}", why.text, listed(&all)).into())
}

fn find<'s>(sims: &'s [SimView], named: &str) -> Option<&'s SimView> {
    let by_place = || sims.get(named.parse::<usize>().ok()?.checked_sub(1)?);
    sims.iter().find(|sim| sim.id == named).or_else(by_place)
}

fn listed(sims: &[SimView]) -> String {
    let rows = sims.iter().zip(1_u32..).map(|(sim, place)| format!("  {place}  {}", sim.label.text));
    rows.collect::<Vec<_>>().join("\n")
}

/// What is typed to name a SIM: nothing where there is but one.
pub fn option(place: usize, count: usize) -> String {
    if count > 1 { format!(" --sim {place}") } else { String::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sim(id: &str, label: &str) -> SimView {
        SimView { id: id.to_owned(), label: Text::plain(label), is_esim: false, tells_secrets: true }
    }

    #[test]
    fn a_sim_is_named_by_its_place_or_its_id_and_listed_without_it() {
        let sims = [sim("8932010000000000004", "SIM card"), sim("2", "eSIM"), sim("x", "eSIM")];
        for (named, found) in [
            ("1", Some("8932010000000000004")),
            ("8932010000000000004", Some("8932010000000000004")),
            ("2", Some("2")),
            ("3", Some("x")),
            ("0", None),
            ("4", None),
            ("", None),
            ("-1", None),
        ] {
            assert_eq!(find(&sims, named).map(|sim| sim.id.as_str()), found, "{named:?}");
        }
        assert_eq!(listed(&sims), "  1  SIM card\n  2  eSIM\n  3  eSIM");
        assert_eq!((option(1, 1), option(2, 3)), (String::new(), " --sim 2".to_owned()));
    }
}
