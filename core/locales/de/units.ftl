# Zahlen, Einheiten, Daten und Uhrzeiten. Deutsch wie in Belgien.

percent-spoken = { $number } Prozent
minus-spoken = minus { $amount }
euros-spoken = { $euros } Euro
cents-spoken = { $cents } Cent
euros-cents-spoken = { $euros } Euro und { $cents } Cent
# Geschütztes Leerzeichen vor der Einheit.
gigabytes = { $number }{ "\u00A0" }GB
    .spoken = { $number } Gigabyte
megabytes = { $number }{ "\u00A0" }MB
    .spoken = { $number } Megabyte
minutes = { $number }{ "\u00A0" }Min.
    .spoken = { $number } { $number-n ->
        [one] Minute
       *[other] Minuten
    }
minutes-clock = { $clock }{ "\u00A0" }Min.
minutes-seconds-spoken = { $minutes } { $minutes-n ->
    [one] Minute
   *[other] Minuten
} und { $seconds } { $seconds-n ->
    [one] Sekunde
   *[other] Sekunden
}
sms = { $number } SMS
mms = { $number } MMS
less-than = < { $amount }
    .spoken = weniger als { $amount }
seconds-long = { $number } { $number-n ->
    [one] Sekunde
   *[other] Sekunden
}
minutes-long = { $number } { $number-n ->
    [one] Minute
   *[other] Minuten
}
hours-long = { $number } { $number-n ->
    [one] Stunde
   *[other] Stunden
}
list-and = { $first } und { $last }
days-long = { $number } { $number-n ->
    [one] Tag
   *[other] Tage
}

month = { $month-n ->
    [1] Januar
    [2] Februar
    [3] März
    [4] April
    [5] Mai
    [6] Juni
    [7] Juli
    [8] August
    [9] September
    [10] Oktober
    [11] November
   *[12] Dezember
}
month-short = { $month-n ->
    [1] Jan.
    [2] Feb.
    [3] März
    [4] Apr.
    [5] Mai
    [6] Juni
    [7] Juli
    [8] Aug.
    [9] Sept.
    [10] Okt.
    [11] Nov.
   *[12] Dez.
}
date-in-year = { $day }. { $month }
date-with-year = { $day }. { $month } { $year }
time-spoken = { $minute-n ->
    [0] { $hour } Uhr
   *[other] { $hour } Uhr { $minute }
}
month-with-year = { $month } { $year }
range-in-month = { $first }.–{ $last }
    .spoken = vom { $first }. bis zum { $last }
range-across = { $first } – { $last }
    .spoken = vom { $first } bis zum { $last }
moment-until = { $day ->
    [today] bis { $time }
    [yesterday] bis gestern { $time }
    [tomorrow] bis morgen { $time }
   *[date] bis zum { $date } { $time }
}
moment-since = { $day ->
    [today] seit { $time }
    [yesterday] seit gestern { $time }
    [tomorrow] seit morgen { $time }
   *[date] seit dem { $date } { $time }
}
moment-from = { $day ->
    [today] von heute { $time }
    [yesterday] von gestern { $time }
    [tomorrow] von morgen { $time }
   *[date] vom { $date } { $time }
}
moment-after = { $day ->
    [today] nach { $time }
    [yesterday] nach gestern { $time }
    [tomorrow] nach morgen { $time }
   *[date] nach dem { $date } { $time }
}
moment-at = { $day ->
    [today] heute um { $time }
    [yesterday] gestern um { $time }
    [tomorrow] morgen um { $time }
   *[date] am { $date } um { $time }
}
