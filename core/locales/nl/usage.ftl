# Het verbruiksscherm, van boven naar onder.

number-masked = { $masked }
    .spoken = nummer dat eindigt op { $end }
line-unnamed = Je nummer
line-numbered = Nummer { $number }
cycle-days-left = { $range }, { $days-n ->
    [1] laatste dag
   *[other] nog { $days } dagen
}
cycle-until = Tot en met { $date }, { $days-n ->
    [1] laatste dag
   *[other] nog { $days } dagen
}
cycle-since = Sinds { $date }
cycle-from = Vanaf { $date }
cycle-ended = Tot en met { $date }
counted = Geteld { $moment }
counted-about = Geteld { $moment }, tijdzone aangenomen
no-time-given = De operator geeft geen tijdstip
no-figures = Geen cijfers
no-figures-yet = Nog geen cijfers
badge-aging = Ouder dan een uur
badge-old = Ouder dan een dag
badge-previous = Vorige periode, mogelijk niet definitief
badge-rollover = { $operator } is nog niet aan de nieuwe periode begonnen
badge-received = Ontvangen { $moment }
empty-cycle = Nog geen gegevens voor deze periode
empty-answer = Nog niets geteld
empty-not-loaded = Nog niet geladen
empty-not-entitled = { $operator } toont geen verbruik voor dit nummer. Je werkgever kan je zeggen waarom.

title-data = { $zone ->
    [international] Data, internationaal
    [eu] Data in de EU
    [world] Data buiten de EU
   *[national] Data
}
title-calls = { $zone ->
    [international] Bellen naar het buitenland
    [eu] Bellen in de EU
    [world] Bellen buiten de EU
   *[national] Bellen
}
title-sms = { $zone ->
    [international] Sms naar het buitenland
    [eu] Sms in de EU
    [world] Sms buiten de EU
   *[national] Sms
}
title-mms = { $zone ->
    [international] Mms naar het buitenland
    [eu] Mms in de EU
    [world] Mms buiten de EU
   *[national] Mms
}
title-credit = { $zone ->
    [international] Tegoed, internationaal
    [eu] Tegoed in de EU
    [world] Tegoed buiten de EU
   *[national] Tegoed
}
title-other = { $zone ->
    [international] { $name }, internationaal
    [eu] { $name } in de EU
    [world] { $name } buiten de EU
   *[national] { $name }
}
title-unnamed = Ander verbruik
share-own = { $title }, jouw deel
share-all = { $title }, gedeeld totaal
left = Nog { $amount }
used = { $amount } verbruikt
used-of = { $used } van { $total } verbruikt
of-total = Van { $total }
over = { $amount } buiten bundel
used-up = Opgebruikt
unlimited = Onbeperkt
full-speed-until = Volle snelheid tot { $amount }, daarna trager
fair-use-until = Redelijk gebruik tot { $amount }
slower-now = Onbeperkt, nu trager
beyond-fair-use = Onbeperkt, meer dan redelijk gebruik
no-figure = De operator geeft geen cijfer
suspended = Gepauzeerd
carried = nieuwer cijfer onleesbaar, geteld { $moment }
carried-undated = nieuwer cijfer onleesbaar
expired = Verlopen
ended-on = Geëindigd op { $date }
until-date = tot en met { $date }
starts-on = Begint op { $date }
percent-used-spoken = { $percent } verbruikt

plan-fair-use = { $title }, redelijk gebruik
plan-shared = { $title }, gedeeld met collega’s
plan-unknown = { $operator } toont het abonnement van dit nummer niet. Je werkgever kan je zeggen welk het is.
plan-began = Dit abonnement begon op { $date }. De bundels gelden misschien voor een deel van de periode.
plan-began-since = Dit abonnement begon op { $date }. De cijfers zijn van daarvoor; nieuwe komen misschien met de volgende periode.
plan-began-uncounted = Dit abonnement begon op { $date }. Cijfers komen misschien met de volgende periode.
amount-range = { $low }–{ $high }
    .spoken = { $low } tot { $high }
pace-until = Iets te snel: in dit tempo { $range } tegen { $date }
pace-ahead = Iets te snel: { $used } verbruikt, { $passed } van de periode voorbij
forecast-until = Tegen { $date }: { $range }
forecast-assumption = Als de komende dagen lijken op de { $days } volledige dagen die in deze periode geteld zijn
day-untold = De operator geeft geen cijfer
days-told = { $told } van { $days } { $days-n ->
    [one] dag
   *[other] dagen
}

out-of-bundle = { $amount } buiten bundel
out-of-bundle-period = { $amount } buiten bundel, { $range }
out-of-bundle-split = Buiten bundel
cost-data = Data
cost-calls = Bellen
cost-messages = Berichten
cost-third-party = Diensten van derden, altijd voor jouw rekening
cost-other = Andere
cost-of-period = { $title }, { $range }

notice-offline = Geen verbinding { $since }.
notice-unavailable = { $operator } is niet beschikbaar { $since }.
notice-wait = { $operator } vraagt om te wachten. Probeer opnieuw { $after }.
notice-blocked = Dit netwerk houdt { $operator } tegen { $since }. Misschien moet je je aanmelden bij de wifi.
notice-sign-in = Meld je opnieuw aan.
notice-not-understood = Antwoorden van { $operator } zijn onleesbaar { $since }.
notice-not-permitted = { $operator } toont geen verbruik voor je nummer.
notice-clock = De klok van deze telefoon loopt ongeveer { $amount } fout. Zet datum en tijd op automatisch.
figures-from = Cijfers { $moment }.
figures-stay = Je laatste cijfers staan er nog.
figures-come = Je cijfers verschijnen zodra het weer werkt.
