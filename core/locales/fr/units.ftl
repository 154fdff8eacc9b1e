# Nombres, unités, dates et heures. Français de Belgique.

percent-spoken = { $number } pour cent
minus-spoken = moins { $amount }
euros-spoken = { $euros } { $euros-n ->
    [one] euro
   *[other] euros
}
cents-spoken = { $cents } { $cents-n ->
    [one] centime
   *[other] centimes
}
euros-cents-spoken = { $euros } { $euros-n ->
    [one] euro
   *[other] euros
} et { $cents } { $cents-n ->
    [one] centime
   *[other] centimes
}
# Espace fine insécable devant l’unité.
gigabytes = { $number }{ "\u202F" }Go
    .spoken = { $number } { $number-n ->
        [one] gigaoctet
       *[other] gigaoctets
    }
megabytes = { $number }{ "\u202F" }Mo
    .spoken = { $number } { $number-n ->
        [one] mégaoctet
       *[other] mégaoctets
    }
minutes = { $number }{ "\u202F" }min
    .spoken = { $number } { $number-n ->
        [one] minute
       *[other] minutes
    }
minutes-clock = { $clock }{ "\u202F" }min
minutes-seconds-spoken = { $minutes } { $minutes-n ->
    [one] minute
   *[other] minutes
} et { $seconds } { $seconds-n ->
    [one] seconde
   *[other] secondes
}
sms = { $number } SMS
mms = { $number } MMS
less-than = < { $amount }
    .spoken = moins de { $amount }
seconds-long = { $number } { $number-n ->
    [one] seconde
   *[other] secondes
}
minutes-long = { $number } { $number-n ->
    [one] minute
   *[other] minutes
}
hours-long = { $number } { $number-n ->
    [one] heure
   *[other] heures
}
list-and = { $first } et { $last }
days-long = { $number } { $number-n ->
    [one] jour
   *[other] jours
}

month = { $month-n ->
    [1] janvier
    [2] février
    [3] mars
    [4] avril
    [5] mai
    [6] juin
    [7] juillet
    [8] août
    [9] septembre
    [10] octobre
    [11] novembre
   *[12] décembre
}
month-short = { $month-n ->
    [1] janv.
    [2] févr.
    [3] mars
    [4] avr.
    [5] mai
    [6] juin
    [7] juil.
    [8] août
    [9] sept.
    [10] oct.
    [11] nov.
   *[12] déc.
}
date-in-year = { $day-n ->
    [1] 1er
   *[other] { $day }
} { $month }
date-with-year = { $day-n ->
    [1] 1er
   *[other] { $day }
} { $month } { $year }
time-spoken = { $hour } { $hour-n ->
    [one] heure
   *[other] heures
}{ $minute-n ->
    [0] { "" }
   *[other] { " " }{ $minute }
}
month-with-year = { $month } { $year }
range-in-month = { $first-n ->
    [1] 1er
   *[other] { $first }
}–{ $last }
    .spoken = du { $first-n ->
        [1] 1er
       *[other] { $first }
    } au { $last }
range-across = { $first } – { $last }
    .spoken = du { $first } au { $last }
moment-until = { $day ->
    [today] jusqu’à { $time }
    [yesterday] jusqu’à hier { $time }
    [tomorrow] jusqu’à demain { $time }
   *[date] jusqu’au { $date } { $time }
}
moment-since = { $day ->
    [today] depuis { $time }
    [yesterday] depuis hier { $time }
    [tomorrow] depuis demain { $time }
   *[date] depuis le { $date } { $time }
}
moment-from = { $day ->
    [today] d’aujourd’hui à { $time }
    [yesterday] d’hier à { $time }
    [tomorrow] de demain à { $time }
   *[date] du { $date } à { $time }
}
moment-after = { $day ->
    [today] après { $time }
    [yesterday] après hier { $time }
    [tomorrow] après demain { $time }
   *[date] après le { $date } { $time }
}
moment-at = { $day ->
    [today] aujourd’hui à { $time }
    [yesterday] hier à { $time }
    [tomorrow] demain à { $time }
   *[date] le { $date } à { $time }
}
