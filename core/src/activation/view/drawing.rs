//! What the views of getting started are drawn from, and how they say moments and days.

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use crate::activation::model::LineOrder;
use crate::operator::time::timestamp;
use crate::text::dates::{self, Role};
use crate::text::{Language, Text, messages as m};

/// What a track is drawn from.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Drawing<'d> {
    pub language: Language,
    pub operator: &'d str,
    pub zone: &'d TimeZone,
    pub now: Timestamp,
    pub tells_orders: bool,
    pub tells_sims: bool,
    pub tells_secrets: bool,
}

impl Drawing<'_> {
    pub(super) fn operator(&self) -> Text {
        Text::foreign(self.operator)
    }

    /// The agreed moment of an order, or its day where no hour is told.
    pub(super) fn at(&self, order: &LineOrder, ms: i64) -> Text {
        let at = timestamp(ms);
        if order.starts_on_a_day {
            let day = at.to_zoned_datetime(self.zone.clone()).date();
            return m::start_on_day(self.language, &dates::date(self.language, day, self.today()));
        }
        dates::moment(self.language, Role::At, at, self.today(), self.zone)
    }

    /// The day that ends at that moment.
    pub(super) fn day_that_ends(&self, end: Timestamp) -> Text {
        dates::date(self.language, last_moment(end).to_zoned_datetime(self.zone.clone()).date(), self.today())
    }

    /// A day as a letter names it.
    pub(super) fn day(&self, at: Timestamp) -> Text {
        dates::date_with_year(self.language, at.to_zoned_datetime(self.zone.clone()).date())
    }

    /// When the operator was asked.
    pub(super) fn checked(&self, ms: i64) -> Text {
        let moment = dates::moment(self.language, Role::At, timestamp(ms), self.today(), self.zone);
        m::bills_checked(self.language, &moment)
    }

    pub(super) fn today(&self) -> jiff::civil::Date {
        self.now.to_zoned_datetime(self.zone.clone()).date()
    }
}

/// The last moment of a day that ends then.
pub(super) fn last_moment(end: Timestamp) -> Timestamp {
    end.saturating_sub(SignedDuration::from_millis(1)).unwrap_or(Timestamp::MIN)
}
