# Numbers, units, dates and times. English with British formats.
# An argument "$x" is already formatted; "$x-n" is the raw number and only chooses the plural form.
# ".spoken" is what a screen reader says instead.

percent-spoken = { $number } percent
minus-spoken = minus { $amount }
euros-spoken = { $euros } { $euros-n ->
    [one] euro
   *[other] euros
}
cents-spoken = { $cents } { $cents-n ->
    [one] cent
   *[other] cents
}
euros-cents-spoken = { $euros } { $euros-n ->
    [one] euro
   *[other] euros
} and { $cents } { $cents-n ->
    [one] cent
   *[other] cents
}
gigabytes = { $number } GB
    .spoken = { $number } { $number-n ->
        [one] gigabyte
       *[other] gigabytes
    }
megabytes = { $number } MB
    .spoken = { $number } { $number-n ->
        [one] megabyte
       *[other] megabytes
    }
minutes = { $number } min
    .spoken = { $number } { $number-n ->
        [one] minute
       *[other] minutes
    }
minutes-clock = { $clock } min
minutes-seconds-spoken = { $minutes } { $minutes-n ->
    [one] minute
   *[other] minutes
} and { $seconds } { $seconds-n ->
    [one] second
   *[other] seconds
}
sms = { $number } SMS
mms = { $number } MMS
less-than = < { $amount }
    .spoken = less than { $amount }
seconds-long = { $number } { $number-n ->
    [one] second
   *[other] seconds
}
minutes-long = { $number } { $number-n ->
    [one] minute
   *[other] minutes
}
hours-long = { $number } { $number-n ->
    [one] hour
   *[other] hours
}
list-and = { $first } and { $last }
days-long = { $number } { $number-n ->
    [one] day
   *[other] days
}

month = { $month-n ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[12] December
}
month-short = { $month-n ->
    [1] Jan
    [2] Feb
    [3] Mar
    [4] Apr
    [5] May
    [6] Jun
    [7] Jul
    [8] Aug
    [9] Sept
    [10] Oct
    [11] Nov
   *[12] Dec
}
date-in-year = { $day } { $month }
date-with-year = { $day } { $month } { $year }
time-spoken = { $minute-n ->
    [0] { $hour12 }
   *[other] { $hour12 }:{ $minutes }
} { $half ->
    [am] a.m.
   *[pm] p.m.
}
month-with-year = { $month } { $year }
range-in-month = { $first }–{ $last }
    .spoken = from { $first } to { $last }
range-across = { $first } – { $last }
    .spoken = from { $first } to { $last }
moment-until = { $day ->
    [today] until { $time }
    [yesterday] until yesterday { $time }
    [tomorrow] until tomorrow { $time }
   *[date] until { $date } { $time }
}
moment-since = { $day ->
    [today] since { $time }
    [yesterday] since yesterday { $time }
    [tomorrow] since tomorrow { $time }
   *[date] since { $date } { $time }
}
moment-from = { $day ->
    [today] from today { $time }
    [yesterday] from yesterday { $time }
    [tomorrow] from tomorrow { $time }
   *[date] from { $date } { $time }
}
moment-after = { $day ->
    [today] after { $time }
    [yesterday] after yesterday { $time }
    [tomorrow] after tomorrow { $time }
   *[date] after { $date } { $time }
}
moment-at = { $day ->
    [today] today at { $time }
    [yesterday] yesterday at { $time }
    [tomorrow] tomorrow at { $time }
   *[date] on { $date } at { $time }
}
