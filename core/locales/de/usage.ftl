# Der Verbrauchsbildschirm, von oben nach unten.

number-masked = { $masked }
    .spoken = Nummer mit den Endziffern { $end }
line-unnamed = Ihre Nummer
line-numbered = Nummer { $number }
cycle-days-left = { $range }, { $days-n ->
    [1] letzter Tag
   *[other] noch { $days } Tage
}
cycle-until = Bis zum { $date }, { $days-n ->
    [1] letzter Tag
   *[other] noch { $days } Tage
}
cycle-since = Seit dem { $date }
cycle-from = Ab dem { $date }
cycle-ended = Bis zum { $date }
counted = Gezählt { $moment }
counted-about = Gezählt { $moment }, Zeitzone angenommen
no-time-given = Der Anbieter nennt keinen Zeitpunkt
no-figures = Keine Zahlen
no-figures-yet = Noch keine Zahlen
badge-aging = Älter als eine Stunde
badge-old = Älter als ein Tag
badge-previous = Voriger Zeitraum, vielleicht nicht endgültig
badge-rollover = { $operator } hat den neuen Zeitraum noch nicht begonnen
badge-received = Erhalten { $moment }
empty-cycle = Noch keine Daten für diesen Zeitraum
empty-answer = Noch nichts gezählt
empty-not-loaded = Noch nicht geladen
empty-not-entitled = { $operator } zeigt für diese Nummer keinen Verbrauch. Ihr Arbeitgeber kann Ihnen sagen, warum.

title-data = { $zone ->
    [international] Daten, international
    [eu] Daten in der EU
    [world] Daten außerhalb der EU
   *[national] Daten
}
title-calls = { $zone ->
    [international] Anrufe ins Ausland
    [eu] Anrufe in der EU
    [world] Anrufe außerhalb der EU
   *[national] Anrufe
}
title-sms = { $zone ->
    [international] SMS ins Ausland
    [eu] SMS in der EU
    [world] SMS außerhalb der EU
   *[national] SMS
}
title-mms = { $zone ->
    [international] MMS ins Ausland
    [eu] MMS in der EU
    [world] MMS außerhalb der EU
   *[national] MMS
}
title-credit = { $zone ->
    [international] Guthaben, international
    [eu] Guthaben in der EU
    [world] Guthaben außerhalb der EU
   *[national] Guthaben
}
title-other = { $zone ->
    [international] { $name }, international
    [eu] { $name } in der EU
    [world] { $name } außerhalb der EU
   *[national] { $name }
}
title-unnamed = Anderer Verbrauch
share-own = { $title }, Ihr Anteil
share-all = { $title }, gemeinsam
left = Noch { $amount }
used = { $amount } verbraucht
used-of = { $used } von { $total } verbraucht
of-total = Von { $total }
over = { $amount } außerhalb des Pakets
used-up = Aufgebraucht
unlimited = Unbegrenzt
full-speed-until = Volle Geschwindigkeit bis { $amount }, danach langsamer
fair-use-until = Angemessene Nutzung bis { $amount }
slower-now = Unbegrenzt, jetzt langsamer
beyond-fair-use = Unbegrenzt, über der angemessenen Nutzung
no-figure = Der Anbieter nennt keine Zahl
suspended = Pausiert
carried = neuere Angabe nicht lesbar, gezählt { $moment }
carried-undated = neuere Angabe nicht lesbar
expired = Abgelaufen
ended-on = Beendet am { $date }
until-date = bis zum { $date }
starts-on = Beginnt am { $date }
percent-used-spoken = { $percent } verbraucht

plan-fair-use = { $title }, faire Nutzung
plan-shared = { $title }, gemeinsam mit Kollegen
plan-unknown = { $operator } zeigt den Tarif dieser Nummer nicht an. Ihr Arbeitgeber kann Ihnen sagen, welcher es ist.
plan-began = Dieser Tarif begann am { $date }. Die Kontingente gelten vielleicht nur für einen Teil des Zeitraums.
plan-began-since = Dieser Tarif begann am { $date }. Die Zahlen sind von davor; neue kommen vielleicht mit dem nächsten Zeitraum.
plan-began-uncounted = Dieser Tarif begann am { $date }. Zahlen kommen vielleicht mit dem nächsten Zeitraum.
amount-range = { $low }–{ $high }
    .spoken = { $low } bis { $high }
pace-until = Etwas schnell: bei diesem Tempo { $range } bis zum { $date }
pace-ahead = Etwas schnell: { $used } verbraucht, { $passed } des Zeitraums vorbei
forecast-until = Bis zum { $date }: { $range }
forecast-assumption = Wenn die kommenden Tage den { $days } vollen Tagen gleichen, die in diesem Zeitraum gezählt wurden
day-untold = Der Anbieter nennt keine Zahl
days-told = { $told } von { $days } { $days-n ->
    [one] Tag
   *[other] Tagen
}

out-of-bundle = { $amount } außerhalb des Pakets
out-of-bundle-period = { $amount } außerhalb des Pakets, { $range }
out-of-bundle-split = Außerhalb des Pakets
cost-data = Daten
cost-calls = Anrufe
cost-messages = Nachrichten
cost-third-party = Dienste Dritter, immer auf Ihre Kosten
cost-other = Sonstiges
cost-of-period = { $title }, { $range }

notice-offline = Keine Verbindung { $since }.
notice-unavailable = { $operator } ist { $since } nicht verfügbar.
notice-wait = { $operator } bittet um Geduld. Versuchen Sie es { $after } wieder.
notice-blocked = Dieses Netz blockiert { $operator } { $since }. Vielleicht verlangt das WLAN eine Anmeldung.
notice-sign-in = Bitte melden Sie sich wieder an.
notice-not-understood = Antworten von { $operator } sind { $since } nicht lesbar.
notice-not-permitted = { $operator } zeigt für Ihre Nummer keinen Verbrauch.
notice-clock = Die Uhr dieses Telefons geht um etwa { $amount } falsch. Stellen Sie Datum und Uhrzeit auf automatisch.
figures-from = Zahlen { $moment }.
figures-stay = Ihre letzten Zahlen sind noch da.
figures-come = Ihre Zahlen erscheinen, sobald es wieder geht.
