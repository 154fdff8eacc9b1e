# Getallen, eenheden, datums en tijden. Nederlands zoals in België.

percent-spoken = { $number } procent
minus-spoken = min { $amount }
euros-spoken = { $euros } euro
cents-spoken = { $cents } cent
euros-cents-spoken = { $euros } euro en { $cents } cent
gigabytes = { $number } GB
    .spoken = { $number } gigabyte
megabytes = { $number } MB
    .spoken = { $number } megabyte
minutes = { $number } min
    .spoken = { $number } { $number-n ->
        [one] minuut
       *[other] minuten
    }
minutes-clock = { $clock } min
minutes-seconds-spoken = { $minutes } { $minutes-n ->
    [one] minuut
   *[other] minuten
} en { $seconds } { $seconds-n ->
    [one] seconde
   *[other] seconden
}
sms = { $number } sms
mms = { $number } mms
less-than = < { $amount }
    .spoken = minder dan { $amount }
seconds-long = { $number } { $number-n ->
    [one] seconde
   *[other] seconden
}
minutes-long = { $number } { $number-n ->
    [one] minuut
   *[other] minuten
}
hours-long = { $number } uur
list-and = { $first } en { $last }
days-long = { $number } { $number-n ->
    [one] dag
   *[other] dagen
}

month = { $month-n ->
    [1] januari
    [2] februari
    [3] maart
    [4] april
    [5] mei
    [6] juni
    [7] juli
    [8] augustus
    [9] september
    [10] oktober
    [11] november
   *[12] december
}
month-short = { $month-n ->
    [1] jan
    [2] feb
    [3] mrt
    [4] apr
    [5] mei
    [6] jun
    [7] jul
    [8] aug
    [9] sep
    [10] okt
    [11] nov
   *[12] dec
}
date-in-year = { $day } { $month }
date-with-year = { $day } { $month } { $year }
time-spoken = { $minute-n ->
    [0] { $hour } uur
   *[other] { $hour } uur { $minute }
}
month-with-year = { $month } { $year }
range-in-month = { $first }–{ $last }
    .spoken = van { $first } tot en met { $last }
range-across = { $first } – { $last }
    .spoken = van { $first } tot en met { $last }
moment-until = { $day ->
    [today] tot { $time }
    [yesterday] tot gisteren { $time }
    [tomorrow] tot morgen { $time }
   *[date] tot { $date } { $time }
}
moment-since = { $day ->
    [today] sinds { $time }
    [yesterday] sinds gisteren { $time }
    [tomorrow] sinds morgen { $time }
   *[date] sinds { $date } { $time }
}
moment-from = { $day ->
    [today] van vandaag { $time }
    [yesterday] van gisteren { $time }
    [tomorrow] van morgen { $time }
   *[date] van { $date } { $time }
}
moment-after = { $day ->
    [today] na { $time }
    [yesterday] na gisteren { $time }
    [tomorrow] na morgen { $time }
   *[date] na { $date } { $time }
}
moment-at = { $day ->
    [today] vandaag om { $time }
    [yesterday] gisteren om { $time }
    [tomorrow] morgen om { $time }
   *[date] op { $date } om { $time }
}
