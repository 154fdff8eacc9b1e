# The invoices: the list, one invoice, paying, claims.

# The list
employer-pays = Ihr Arbeitgeber zahlt
employer-pays-detail = Es gibt kein Rechnungskonto auf Ihren Namen, also kommt keine Rechnung zu Ihnen. Das ist so vorgesehen.
no-invoices = Bisher keine Rechnungen
no-invoices-detail = Sobald Ihre eigenen Kosten abgerechnet werden, steht die Rechnung hier.
bills-checked = Geprüft { $moment }
nothing-fetched = Noch nichts geladen
nothing-fetched-detail = Ihre Rechnungen wurden auf diesem Telefon noch nicht geladen. Verbinden Sie sich mit einem Netz und aktualisieren Sie.
bill-invoice = Rechnung
bill-credit-note = Gutschrift
bill-statement = Dienste Dritter
bill-reminder = Zahlungserinnerung
bill-document = Dokument
bill-issued = ausgestellt am { $date }

# Where its payment stands
bill-state-unknown = Der Anbieter sagt nicht, ob sie bezahlt ist
bill-open = Zu bezahlen
bill-open-by = Zu bezahlen bis { $date }
bill-direct-debit = Per Lastschrift
bill-direct-debit-on = Per Lastschrift am { $date }
bill-marked-paid = Von Ihnen als bezahlt vermerkt
bill-pending = Zahlung unterwegs
bill-partly-paid = Teilweise bezahlt
bill-partly-paid-left = Teilweise bezahlt, noch { $amount }
bill-paid = Bezahlt
bill-overdue = Überfällig
bill-overdue-since = Überfällig, war bis { $date } zu bezahlen
bill-reminded = Eine Zahlungserinnerung wurde gesendet
bill-employer-contacted = Ihr Arbeitgeber wurde dazu kontaktiert
bill-credited = Durch eine Gutschrift zurückgenommen
bill-nothing-to-pay = Nichts zu bezahlen
bill-credit = Guthaben zu Ihren Gunsten
bill-pay-the-invoice = Bezahlen Sie die Rechnung, um die es geht

# Periods without an invoice
no-invoice = Keine Rechnung
no-invoice-nothing = Keine Rechnung: keine eigenen Kosten
no-invoice-small = Keine Rechnung: Ihre eigenen Kosten lagen nicht über { $limit }
no-invoice-pending = Keine Rechnung: { $amount } kommen vielleicht auf eine spätere
no-invoice-yet = Noch keine Rechnung; sie kann noch kommen
no-invoice-otherwise = Es kam keine Rechnung, obwohl eine erwartet wurde

# What runs
running-total = Bisher { $amount }, noch auf keiner Rechnung
running-before = Bisher { $amount }, vor dem Anteil Ihres Arbeitgebers
running-unknown = Kosten, die noch auf keiner Rechnung stehen
running-note = Vorläufig: Beträge können sich noch ändern
running-subscription-first = Der Beitrag Ihres Arbeitgebers geht zuerst in die Grundgebühr, die noch nicht unter diesen Kosten ist.
expected-threshold = Ab dem { $date } kann eine Rechnung über etwa { $amount } kommen, weil Ihre eigenen Kosten über { $limit } liegen.
expected-third = Ab dem { $date } kann eine Rechnung über etwa { $amount } kommen: Im dritten Zeitraum kommt eine, gleich über welchen Betrag.
expected-nothing = Ab dem { $date } kann eine Aufstellung kommen, auf der nichts zu bezahlen ist.
expected-includes-earlier = Sie kann frühere Zeiträume enthalten.
expected-waits = Für diesen Zeitraum wird keine Rechnung erwartet: { $amount } kommen vielleicht auf eine spätere.
expected-none = Für diesen Zeitraum wird keine Rechnung erwartet.
expected-later = Spätestens für { $month } kommt in jedem Fall eine.
expected-closing = Split Bill endet mit diesem Zeitraum; eine Rechnung über den Rest kann sofort kommen.

# Why it came
why-split-bill = Ihr Arbeitgeber leistet einen Beitrag zu Ihrem Vertrag; was der Beitrag nicht deckt, zahlen Sie.
why-covered = Ihr Arbeitgeber hat { $amount } übernommen.
why-subscription-first = Der Beitrag geht zuerst in die Grundgebühr.
why-uncovered = Ihr Anteil: { $amount }, die der Beitrag nicht deckte.
why-third-party = Auch Ihr Anteil: { $amount } für Dienste Dritter, etwa Parken per SMS. Diese zahlen immer Sie, auch wenn vom Beitrag noch etwas übrig ist.
why-lapses = Was von einem Beitrag übrig bleibt, verfällt mit dem Zeitraum; nichts wird übertragen.
why-threshold = Sie kam, weil Ihre eigenen Kosten über { $limit } lagen.
why-third-period = Sie kam, weil es der dritte Zeitraum war: Dann kommt eine, gleich über welchen Betrag.
why-otherwise = Sie kam anders als erwartet; es gilt, was der Anbieter abrechnet.
why-switched = Das zeigt, wie der Anbieter zählt; was erwartet wird, richtet sich von nun an danach.
why-credit-note = Sie gibt zurück, was zuvor berechnet wurde; es ist nichts zu bezahlen.
why-statement = Dienste Dritter zahlen immer Sie; sie stehen für sich.
why-reminder = Sie erinnert an eine Rechnung, die es schon gibt; bezahlen Sie diese, einmal.

# Its first page
overview-tax-excluded = Ohne MwSt.
overview-tax = MwSt.
overview-tax-rate = MwSt. { $rate }
overview-tax-included = Gesamt mit MwSt.
overview-paid = Bezahlt
overview-left = Noch zu bezahlen
section-detail = Alle Zeilen
section-out-of-bundle = Davon außerhalb des Pakets

# Its lines
group-recurring = Grundgebühr
group-one-time = Einmalig
group-usage = Verbrauch
group-third-party = Dienste Dritter
group-credit = Gutschriften und Rabatte
group-employer = Von Ihrem Arbeitgeber bezahlt
group-penalty = Zahlungsverzug
group-other = Sonstiges
line-third-party = Dritter, immer von Ihnen zu zahlen
line-without-tax = ohne MwSt.
line-no-amount = Der Anbieter nennt keinen Betrag
line-provisional = Vorläufig

# What does not add up
warning-tax = Ohne MwSt. und MwSt. ergeben { $parts }, die Summe lautet { $total }. Beides sind Zahlen des Anbieters.
warning-line-tax = Bei einer Zeile ergeben die Teile { $parts }, ihre Summe lautet { $total }.
warning-remaining = Der Anbieter nennt { $due } als fällig und { $remaining } als Rest. Sehen Sie vor dem Bezahlen auf der gedruckten Rechnung nach.
warning-settled = Sie gilt als bezahlt, doch { $remaining } sind noch offen.
warning-duplicate = Zwei Zeilen haben dieselbe Nummer; beide sind zu sehen.
warning-no-amount = { $count-n ->
    [1] Eine Zeile hat
   *[other] { $count } Zeilen haben
} keinen Betrag; aus den Zeilen wird daher nichts berechnet.
warning-sum = Die Zeilen ergeben { $detail }, die Übersicht lautet { $overview }. Es gilt die Übersicht; aus den Zeilen wird nichts berechnet.
warning-rounding = Der Unterschied kann eine Rundungsdifferenz sein.
warning-out-of-bundle = Die Zeilen außerhalb des Pakets ergeben { $detail }, die Summe des Anbieters lautet { $overview }.
warning-employer-share = Eine Zeile des Arbeitgeberanteils verlangt Geld; fragen Sie den Anbieter, was das bedeutet.

# Paying
pay-amount = Bezahlen Sie { $amount }.
pay-if-not-yet = Sie haben vermerkt, dass Sie bezahlt haben. Bezahlen Sie nur, wenn das noch nicht geschehen ist.
pay-by = Bezahlen Sie { $amount } bis { $date }.
pay-was-due = Bezahlen Sie { $amount }. Das war bis { $date } zu bezahlen.
pay-nothing = Hier ist nichts zu bezahlen.
pay-unknown = { $operator } sagt nicht, was zu bezahlen ist. Sehen Sie auf der gedruckten Rechnung nach.
pay-direct-debit = Sie wird per Lastschrift eingezogen. Sie müssen nichts tun.
pay-direct-debit-on = Sie wird am { $date } per Lastschrift eingezogen. Sie müssen nichts tun.
pay-link = Bezahlen auf { $host }
pay-no-account = Der Anbieter nennt hier kein Konto. Sehen Sie auf der gedruckten Rechnung nach.
pay-other-account = Das Konto ist nicht das Ihrer letzten Rechnung. Rufen Sie { $operator } unter einer Nummer an, die Sie kennen, nicht unter einer von dieser Rechnung, und vergleichen Sie vor dem Bezahlen.
pay-account-new = Konto auf dieser Rechnung
pay-account-before = Konto bisher
pay-other-name = Das Konto ist dasselbe, der Name des Empfängers ein anderer. Fragen Sie im Zweifel { $operator }.
pay-field-name = Empfänger
pay-field-iban = Konto
pay-field-amount = Betrag
pay-field-structured = Strukturierte Mitteilung
pay-field-reference = Referenz
pay-field-message = Mitteilung
pay-name-check = Ihre Bank meldet vielleicht, dass der Name nicht genau passt. Vergleichen Sie ihn mit dem hier.
pay-doubtful = Die Prüfziffern der Referenz stimmen nicht, daher gibt es keinen QR-Code. Übernehmen Sie sie wie gedruckt oder fragen Sie den Anbieter.
pay-qr-note = Scannen Sie ihn in der App Ihrer Bank auf einem anderen Gerät; eine Kamera-App zeigt nur Text.
pay-qr-other-way = Meine Bank erkennt die Mitteilung nicht

# Documents
document-not-here = Nicht geladen
document-downloading = Wird geladen
document-partly = Teilweise geladen
document-here = Geladen
document-removed = Von diesem Telefon entfernt, erneut laden

# Claims and disputes
claim-subject = Kosten zur Erstattung: { $invoice }
claim-total = Gesamt mit MwSt.: { $amount }
claim-no-total = Eine Zeile hat keinen Betrag, daher gibt es keine Summe.
claim-covered = Hinweis: Von diesen Kosten hat der Arbeitgeber mit dem Beitrag auf dieser Rechnung schon mindestens { $amount } bezahlt.
claim-line-covered = vom Arbeitgeber bezahlt
claim-name = Name: ____________________
claim-number = Handynummer: ____________________
claim-footer = Abschrift von Zeilen meiner privaten Rechnung; dies ist keine Rechnung.
csv-invoice = Rechnung
csv-date = Datum
csv-what = Bezeichnung
csv-amount = Betrag mit MwSt. (EUR)
dispute-subject = Frage zu einer Belastung: { $what }
dispute-body =
    Guten Tag,

    auf meiner Rechnung von { $operator } ({ $invoice }) steht diese Zeile: { $line }.

    Ich erkenne sie nicht. Bitte teilen Sie mir mit, welcher Dienst das war, wann und wie er bestellt wurde und wie ich ihn beenden lassen und mein Geld zurückbekommen kann, falls ich ihn nicht bestellt habe.

    Mit freundlichen Grüßen
