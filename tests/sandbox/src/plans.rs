//! The price list of the sandbox operator and how its people use it: what each plan includes and how much of
//! it is gone by the end of the documented month. Amounts are thousandths of the unit.

#[derive(Debug)]
pub(crate) struct Plan {
    pub(crate) id: &'static str,
    pub(crate) name: &'static str,
    /// What the plan promises, as TMF637 product characteristics.
    pub(crate) promises: &'static [(&'static str, &'static str)],
    pub(crate) included: &'static [Included],
    /// Counter types without a limit and without a bucket: only a summary says so.
    pub(crate) unlimited: &'static [&'static str],
    pub(crate) charges: &'static [Charge],
}

/// One bucket of a plan.
#[derive(Debug)]
pub(crate) struct Included {
    pub(crate) key: &'static str,
    pub(crate) name: &'static str,
    pub(crate) usage_type: &'static str,
    pub(crate) units: &'static str,
    /// Usage grows in whole steps: a megabyte of a GB bucket, a minute, a message.
    pub(crate) step: i64,
    /// Used over the whole month; the clock decides how much of it is used by now.
    pub(crate) whole_month: i64,
    pub(crate) allowance: Allowance,
}

#[derive(Debug)]
pub(crate) enum Allowance {
    /// Use goes on past the limit and is charged: remaining turns negative.
    Open(i64),
    /// Use stops at the limit: remaining ends at zero.
    Capped(i64),
    /// No limit; full speed until the fair-use threshold.
    Unlimited { fair_use: i64 },
    /// One allowance for several people; the others' shares of use over a whole month.
    Shared { total: i64, colleagues: &'static [(&'static str, i64)] },
}

/// A cost outside the plan, made at a moment of the cycle.
#[derive(Debug)]
pub(crate) struct Charge {
    pub(crate) kind: &'static str,
    pub(crate) name: &'static str,
    pub(crate) euro_thousandths: i64,
    pub(crate) third_party: bool,
    pub(crate) day: i64,
}

const EU_ROAMING: Included = Included {
    key: "data-eu",
    name: "Data in the EU",
    usage_type: "data roaming EU",
    units: "MB",
    step: 1_000,
    whole_month: 745_000,
    allowance: Allowance::Open(4_200_000),
};

pub(crate) const BUSINESS_10: Plan = Plan {
    id: "plan-business-10",
    name: "Business Mobile 10 GB",
    promises: &[("data", "10 GB"), ("voice", "300 min"), ("sms", "unlimited")],
    included: &[
        Included {
            key: "data-national",
            name: "Data in Belgium",
            usage_type: "data",
            units: "GB",
            step: 1,
            whole_month: 7_566,
            allowance: Allowance::Open(10_000),
        },
        EU_ROAMING,
        Included {
            key: "voice-national",
            name: "Calls in Belgium",
            usage_type: "voice",
            units: "minutes",
            step: 1_000,
            whole_month: 98_000,
            allowance: Allowance::Open(300_000),
        },
    ],
    unlimited: &["sms"],
    charges: &[
        Charge {
            kind: "OOB_PAY_BY_MOBILE_AND_PREMIUM",
            name: "Parking by SMS",
            euro_thousandths: 2_000,
            third_party: true,
            day: 8,
        },
        Charge {
            kind: "OOB_INTERNATIONAL_VOICE",
            name: "Calls to abroad",
            euro_thousandths: 1_020,
            third_party: false,
            day: 16,
        },
        Charge { kind: "OOB_ROAMING_SMS", name: "SMS from abroad", euro_thousandths: 250, third_party: false, day: 20 },
    ],
};

pub(crate) const BUSINESS_UNLIMITED: Plan = Plan {
    id: "plan-business-unlimited",
    name: "Business Mobile Unlimited",
    promises: &[
        ("data", "unlimited"),
        ("dataFairUse", "40 GB"),
        ("sharedData", "100 GB"),
        ("voice", "unlimited"),
        ("sms", "unlimited"),
    ],
    included: &[
        Included {
            key: "data-national",
            name: "Unlimited data in Belgium",
            usage_type: "data",
            units: "GB",
            step: 1,
            whole_month: 38_000,
            allowance: Allowance::Unlimited { fair_use: 40_000 },
        },
        Included {
            key: "data-shared",
            name: "Team data",
            usage_type: "data",
            units: "GB",
            step: 1,
            whole_month: 10_250,
            allowance: Allowance::Shared {
                total: 100_000,
                colleagues: &[("An Peeters", 27_300), ("Bart Lemmens", 6_400)],
            },
        },
    ],
    unlimited: &["voice", "sms"],
    charges: &[],
};

pub(crate) const BUSINESS_5: Plan = Plan {
    id: "plan-business-5",
    name: "Business Mobile 5 GB",
    promises: &[("data", "5 GB"), ("voice", "120 min"), ("sms", "100")],
    included: &[
        Included {
            key: "data-national",
            name: "Data in Belgium",
            usage_type: "data",
            units: "GB",
            step: 1,
            whole_month: 8_200,
            allowance: Allowance::Open(5_000),
        },
        Included {
            key: "voice-national",
            name: "Calls in Belgium",
            usage_type: "voice",
            units: "minutes",
            step: 1_000,
            whole_month: 143_000,
            allowance: Allowance::Open(120_000),
        },
        Included {
            key: "sms-national",
            name: "SMS in Belgium",
            usage_type: "sms",
            units: "sms",
            step: 1_000,
            whole_month: 180_000,
            allowance: Allowance::Capped(100_000),
        },
    ],
    unlimited: &[],
    charges: &[
        Charge {
            kind: "OOB_NATIONAL_DATA",
            name: "Data outside the bundle",
            euro_thousandths: 17_200,
            third_party: false,
            day: 19,
        },
        Charge {
            kind: "OOB_PAY_BY_MOBILE_AND_PREMIUM",
            name: "Parking by SMS",
            euro_thousandths: 4_500,
            third_party: true,
            day: 22,
        },
    ],
};

pub(crate) const BUSINESS_20: Plan = Plan {
    id: "plan-business-20",
    name: "Business Mobile 20 GB",
    promises: &[("data", "20 GB"), ("voice", "unlimited"), ("sms", "unlimited")],
    included: &[
        Included {
            key: "data-national",
            name: "Data in Belgium",
            usage_type: "data",
            units: "GB",
            step: 1,
            whole_month: 22_400,
            allowance: Allowance::Open(20_000),
        },
        EU_ROAMING,
    ],
    unlimited: &["voice", "sms"],
    charges: &[],
};

pub(crate) const DATA_SIM: Plan = Plan {
    id: "plan-data-sim",
    name: "Tablet Data",
    promises: &[("data", "2 GB")],
    included: &[],
    unlimited: &[],
    charges: &[],
};
