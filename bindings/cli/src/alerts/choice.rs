//! What a person chooses of usage alerts: thresholds beside the operator's own, and when to be left alone. It stays on
//! this phone and needs no network.

use std::process::ExitCode;
use std::str::FromStr;

use companion::Problem;
use companion::alerts::OwnThreshold;
use jiff::civil::Time;

use super::when;
use crate::phone::{PhoneArguments, explained};
use crate::terminal;

/// The hours that everybody is left alone at first: midnight to seven.
const QUIET_AT_FIRST: (u16, u16) = (0, 7 * 60);

#[derive(Debug, Clone, clap::Subcommand)]
pub enum Choice {
    /// Choose your own thresholds, beside the operator's; they replace those chosen before
    Thresholds(Thresholds),
    /// Choose when to be left alone, by the operator's calendar
    Quiet(Quiet),
}

#[derive(Debug, Clone, clap::Args)]
#[group(id = "thresholds", required = true, multiple = true, args = ["shares", "costs", "every", "reset"])]
pub struct Thresholds {
    #[command(flatten)]
    phone: PhoneArguments,
    /// Shares of an allowance in percent, 1 to 200; beyond 100 it is used up
    #[arg(value_name = "PERCENT")]
    shares: Vec<u16>,
    /// Costs out of bundle, in euros, 1 to 10000
    #[arg(long, value_name = "EUROS")]
    costs: Vec<Euros>,
    /// Every so many euros out of bundle
    #[arg(long, value_name = "EUROS")]
    every: Option<Euros>,
    /// None of your own any more
    #[arg(long, conflicts_with_all = ["shares", "costs", "every"])]
    reset: bool,
}

#[derive(Debug, Clone, clap::Args)]
pub struct Quiet {
    #[command(flatten)]
    phone: PhoneArguments,
    /// From when on, as 22:00
    #[arg(value_parser = minute_of_day, requires = "to", required_unless_present_any = ["off", "reset"])]
    from: Option<u16>,
    /// Until when, as 07:00; over midnight when it is the earlier time
    #[arg(value_parser = minute_of_day)]
    to: Option<u16>,
    /// No quiet hours
    #[arg(long, conflicts_with_all = ["from", "reset"])]
    off: bool,
    /// Midnight to seven again
    #[arg(long, conflicts_with = "from")]
    reset: bool,
}

impl Choice {
    pub async fn run(self) -> Result<ExitCode, Box<dyn std::error::Error>> {
        let phone = match &self {
            Choice::Thresholds(Thresholds { phone, .. }) | Choice::Quiet(Quiet { phone, .. }) => phone,
        };
        let core = phone.open(None)?;
        let alerts = core.alerts();
        let chosen = match &self {
            Choice::Thresholds(thresholds) => alerts.clone().set_own_thresholds(thresholds.wanted(), None).await,
            Choice::Quiet(quiet) => {
                let (from, to) = quiet.wanted();
                alerts.clone().set_quiet_hours(from, to).await
            }
        };
        match chosen {
            Err(Problem::Unexpected { code }) if code == "threshold_out_of_range" => {
                return Err("a threshold is 1 to 200 percent, or 1 to 10000 euros".into());
            }
            Err(Problem::Unexpected { code }) if code == "too_many_thresholds" => {
                return Err("ten thresholds of your own are the most".into());
            }
            chosen => explained(&core, chosen)?,
        }
        terminal::print(&when(&alerts.state()))?;
        let _ = core.suspend(5000);
        Ok(ExitCode::SUCCESS)
    }
}

impl Thresholds {
    /// Everything wanted; nothing for a reset.
    fn wanted(&self) -> Vec<OwnThreshold> {
        let shares = self.shares.iter().map(|percent| OwnThreshold::Share { percent: *percent });
        let costs = self.costs.iter().map(|euros| OwnThreshold::Costs { cents: euros.cents });
        let every = self.every.iter().map(|euros| OwnThreshold::EveryCosts { cents: euros.cents });
        shares.chain(costs).chain(every).collect()
    }
}

impl Quiet {
    fn wanted(&self) -> (u16, u16) {
        match (self.from, self.to) {
            (Some(from), Some(to)) => (from, to),
            _ if self.off => (0, 0),
            _ => QUIET_AT_FIRST,
        }
    }
}

/// An amount of money, in whole cents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Euros {
    cents: u32,
}

impl FromStr for Euros {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (whole, cents) = text.split_once(['.', ',']).unwrap_or((text, "00"));
        let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        let amount = Some([whole, cents].concat()).filter(|_| !whole.is_empty() && cents.len() == 2);
        let cents = amount.filter(|amount| digits(amount)).and_then(|amount| amount.parse().ok());
        cents.map(|cents| Euros { cents }).ok_or("an amount is written 15 or 12.50")
    }
}

/// `22:00` is the 1320th minute.
fn minute_of_day(text: &str) -> Result<u16, &'static str> {
    let time = Time::strptime("%H:%M", text).map_err(|_| "a time is written 22:00")?;
    let minutes = i16::from(time.hour()).saturating_mul(60).saturating_add(i16::from(time.minute()));
    u16::try_from(minutes).map_err(|_| "a time is written 22:00")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_to_the_cent_and_nothing_is_guessed() {
        for (text, cents) in [
            ("15", Some(1_500)),
            ("12.50", Some(1_250)),
            ("12,50", Some(1_250)),
            ("0.99", Some(99)),
            ("42949672.96", None),
            ("12.5", None),
            ("12.505", None),
            (".50", None),
            ("-5", None),
            ("+5", None),
            ("€5", None),
            ("", None),
        ] {
            assert_eq!(text.parse::<Euros>().ok().map(|euros| euros.cents), cents, "{text}");
        }
    }

    #[test]
    fn times_of_day_are_read_to_the_minute() {
        for (text, minute) in
            [("00:00", Some(0)), ("7:05", Some(425)), ("23:59", Some(1_439)), ("24:00", None), ("7", None)]
        {
            assert_eq!(minute_of_day(text).ok(), minute, "{text}");
        }
    }
}
