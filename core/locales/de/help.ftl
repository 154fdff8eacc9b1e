# Hilfeartikel, in der Reihenfolge der ersten Wochen. "-title" ist der Titel eines Artikels, "-words" das, wonach er auch gesucht
# wird und was nie gezeigt wird.

# In mehreren Artikeln
help-test-call = Rufen Sie jemanden an, um zu sehen, ob es funktioniert.
help-no-network = Kein Netz, obwohl es schon da sein müsste? Starten Sie das Telefon einmal neu. Hilft das nicht, fragen Sie Ihren Flottenmanager.

help-sim-card-title = Ihr erster Tag mit einer SIM-Karte
help-sim-card-words = Karte wechseln, ersetzen, Chip, Nano-SIM, einlegen, einsetzen, starten, aktivieren, Aktivierung, beginnen, neues Telefon, Karte nicht erhalten, nicht bekommen, nicht angekommen, kommt nicht, Lieferung, Post
help-sim-card-keep = Bewahren Sie den Träger Ihrer SIM-Karte auf: PIN und PUK sind aufgedruckt.
help-sim-card-when = Mit einer neuen Nummer funktioniert die SIM-Karte ab dem vereinbarten Zeitpunkt. Behalten Sie Ihre Nummer, funktioniert sie, sobald Ihre alte SIM-Karte kein Netz mehr hat.
help-sim-card-insert = Schalten Sie das Telefon aus, legen Sie die SIM-Karte ein und schalten Sie es wieder ein.
help-sim-card-pin = Fragt das Telefon nach der PIN, geben Sie die vom Träger der Karte ein.
help-sim-card-missing = Ihre Karte ist nicht angekommen? Fragen Sie Ihren Flottenmanager: Ihr Arbeitgeber hat sie bestellt und weiß, wohin sie gesandt wurde.

help-esim-title = Ihr erster Tag mit einer eSIM
help-esim-words = QR-Code, scannen, Aktivierung, aktivieren, Profil, digitale SIM, installieren, Bestätigungscode, starten, E-Mail nicht erhalten, nicht bekommen, nicht angekommen, Aktivierungscode
help-esim-what = Eine eSIM ist eine SIM ohne Karte. { $operator } sendet Ihnen eine E-Mail, um ihr Profil zu vervollständigen. Bis das geschehen ist, hat Ihr Telefon kein Netz.
help-esim-prepare = Verbinden Sie das Telefon mit einem WLAN und halten Sie die E-Mail bereit, wenn möglich auf einem anderen Bildschirm.
help-esim-complete = Folgen Sie der E-Mail, bis Ihr Telefon die eSIM anzeigt.
help-esim-code = Fragt das Telefon nach einem Bestätigungscode, suchen Sie ihn im Text der E-Mail.
help-esim-once = Der Code in der E-Mail gilt meist nur einmal. Zeigen Sie ihn niemandem: Wer ihn benutzt, hat Ihre Nummer.
help-esim-keep = Bewahren Sie die E-Mail auf: PIN und PUK stehen darin.
help-esim-lost = Sie finden die E-Mail nicht? Sehen Sie auch im Spam nach und fragen Sie dann Ihren Flottenmanager.
help-esim-new-phone = Ein neues Telefon? Dort ist die eSIM nicht von selbst: Bitten Sie Ihren Flottenmanager um einen neuen Code, bevor Sie das alte weggeben.

help-keep-number-title = Ihre Nummer behalten
help-keep-number-words = Rufnummernmitnahme, Rufnummer, Nummer mitnehmen, Portierung, portieren, Übertragung, übertragen, Anbieter wechseln, Anbieterwechsel, Verspätung, Entschädigung, Schadenersatz, wie lange, Dauer
help-keep-number-what = { $operator } übernimmt Ihre Nummer und beendet den Vertrag bei Ihrem bisherigen Anbieter. Sie müssen nicht selbst kündigen.
help-keep-number-both = Halten Sie beide SIM-Karten bereit, die alte und die neue. Lassen Sie die alte im Telefon, solange sie Netz hat.
help-keep-number-signal = Hat die alte SIM-Karte kein Netz mehr, ist die neue aktiv. Wechseln Sie zur neuen und starten Sie das Telefon neu.
help-keep-number-usual = Was üblich ist: innerhalb von { $usual } nach Beginn der Übernahme, oft früher.
help-keep-number-law = Was das Gesetz erlaubt: ein Werktag, sobald die Anbieter den Antrag geprüft haben. Eine Übernahme, die an einem Freitag beginnt, ist am Sonntag nicht verspätet.
help-keep-number-stop = Ihr bisheriger Anbieter sendet Ihnen vielleicht eine SMS, auf die Sie mit STOP antworten sollen, wenn die Übernahme nicht von Ihnen kommt. Haben Sie sie gewünscht, antworten Sie nicht. Haben Sie sie nicht gewünscht, antworten Sie innerhalb von { $stop } mit STOP.
help-keep-number-late = Dauert es länger? Fragen Sie Ihren Flottenmanager oder { $operator }: Zuständig ist der neue Anbieter, nicht der bisherige.
help-keep-number-compensation = Wechselt die Rufnummer mehr als einen Werktag nach dem vereinbarten Tag, kann eine Entschädigung von { $daily } pro Tag verlangt werden, in manchen Fällen { $most }. Sie kommt nicht von selbst: Wer den Vertrag hat, meist der Arbeitgeber, verlangt sie innerhalb von sechs Monaten nach dem Antrag auf Mitnahme von { $operator }.

help-new-number-title = Mit einer neuen Nummer beginnen
help-new-number-words = Rufnummer, aktivieren, Aktivierung, erster Tag, vereinbarter Termin, Beginn, starten
help-new-number-when = Eine neue Nummer funktioniert ab dem vereinbarten Zeitpunkt. Bis dahin hat Ihr Telefon damit kein Netz.
help-new-number-sim = Legen Sie die SIM-Karte ein oder vervollständigen Sie Ihre eSIM, wie es in der E-Mail steht.
help-new-number-wait = Warten Sie den vereinbarten Zeitpunkt ab.
help-new-number-ask = Sie kennen den Zeitpunkt oder Ihre Nummer nicht? Fragen Sie Ihren Flottenmanager.

help-pin-and-puk-title = PIN und PUK
help-pin-and-puk-words = Code, SIM gesperrt, Sperre, vergessen, entsperren, falsche PIN, Versuche
help-pin-and-puk-what = Die PIN öffnet Ihre SIM-Karte, wenn das Telefon startet. Die PUK öffnet sie wieder nach { $pins } falschen PINs. Bewahren Sie beide so auf, dass Sie sie wiederfinden.
help-pin-and-puk-card = Bei einer SIM-Karte sind sie auf den Träger der Karte gedruckt.
help-pin-and-puk-esim = Bei einer eSIM stehen sie in der Aktivierungs-E-Mail.
help-pin-and-puk-app = Auch die App zeigt sie: Wählen Sie bei Ihrer SIM-Karte „{ $pin }“ oder „{ $puk }“. Nach einer halben Minute verschwinden sie wieder vom Bildschirm.
help-pin-and-puk-blocked = Ist die SIM-Karte gesperrt? Geben Sie die PUK genau so ein, wie sie geschrieben steht; dann wählen Sie eine neue PIN. Bis dahin funktioniert das Telefon noch über WLAN.
help-pin-and-puk-change = Sie möchten eine andere PIN? Wählen Sie sie in den Einstellungen des Telefons, bei der Sicherheit der SIM-Karte.
help-pin-and-puk-guess = Raten Sie nie eine PUK. Nach { $puks } falschen ist die SIM-Karte endgültig verloren, und nur eine neue von Ihrem Arbeitgeber hilft. Das Telefon auszuschalten setzt die Zählung nicht zurück.
help-pin-and-puk-secret = Verraten Sie PIN und PUK niemandem.

help-no-network-title = Kein Netz
help-no-network-words = kein Signal, kein Empfang, kein Dienst, kein Service, Abdeckung, nur Notrufe, suchen, funktioniert nicht, SIM-Karte nicht erkannt, nicht gefunden
help-no-network-settings = Sehen Sie in den Einstellungen des Telefons nach, ob die SIM eingeschaltet und der Flugmodus aus ist.
help-no-network-restart = Starten Sie das Telefon neu. Fragt es nach der PIN, geben Sie sie ein.
help-no-network-indoors = Nur im Gebäude? Wo das Mobilfunksignal schwach ist, kann Ihr Telefon über WLAN anrufen.
help-no-network-ask = Ist immer noch keines da? Fragen Sie Ihren Flottenmanager.

help-lost-phone-title = Verloren oder gestohlen
help-lost-phone-words = Telefon verloren, Telefon gestohlen, Diebstahl, Dieb, weg, wiederfinden, Telefon kaputt
help-lost-phone-tell = Benachrichtigen Sie sofort Ihren Flottenmanager, damit Ihre SIM-Karte gesperrt wird. Der Anschluss gehört Ihrem Arbeitgeber. Erreichen Sie dort niemanden, wenden Sie sich an { $operator }.
help-lost-phone-new = Bitten Sie um eine neue SIM-Karte oder eSIM mit Ihrer Nummer. Nur Ihr Arbeitgeber kann sie bestellen.
help-lost-phone-esim = Hatten Sie eine eSIM? Sie ist mit dem Telefon weg, und der Code in Ihrer alten E-Mail gilt meist nur einmal: Sie brauchen einen neuen.
help-lost-phone-pin = Bis die SIM-Karte gesperrt ist, schützt ihre PIN sie, wenn das Telefon neu gestartet oder die Karte in ein anderes Telefon gelegt wird. Ein Telefon, das eingeschaltet bleibt, schützt sie nicht.

help-account-title = Ihr Konto anlegen
help-account-words = registrieren, Registrierung, anmelden, Anmeldung, einloggen, Login, Passwort, Kennwort, vergessen, Profil, Benutzername
help-account-split = Das gilt für Sie, wenn Ihr Arbeitgeber die ganze Rechnung zahlt. Teilt er die Rechnung mit Ihnen, brauchen Sie eine Einladung.
help-account-create = Wählen Sie auf dem Anmeldebildschirm „{ $create }“. Die Seite von { $operator } öffnet sich.
help-account-number = Geben Sie Ihre Mobilnummer ein und vervollständigen Sie Ihr Profil.
help-account-sign-in = Von da an melden Sie sich mit Ihrer Mobilnummer und Ihrem Passwort an, in der App wie im Portal.

help-account-with-split-bill-title = Ihr Konto mit Split Bill anlegen
help-account-with-split-bill-words = registrieren, Registrierung, eingeladen, Code, verloren, E-Mail, erneut senden, privat, geteilte Rechnung
help-account-with-split-bill-what = Mit Split Bill können Sie ein Konto nicht selbst anlegen. Sie werden per E-Mail eingeladen, wenn Ihre Nummer aktiviert wird.
help-account-with-split-bill-find = Suchen Sie die E-Mail mit der Einladung, auch im Spam.
help-account-with-split-bill-open = Öffnen Sie ihren Link auf diesem Telefon, oder wählen Sie auf dem Anmeldebildschirm „{ $enter }“ und tippen Sie den Code ein. Vervollständigen Sie dann Ihr Profil.
help-account-with-split-bill-lost = Verloren? Ihr Arbeitgeber sendet sie erneut aus dem Portal von { $operator }. „{ $lost }“ bereitet die Bitte vor.

help-usage-and-alerts-title = Ihr Verbrauch und Ihre Hinweise
help-usage-and-alerts-words = Daten, Datenvolumen, Gigabyte, GB, Minuten, Anrufe, Paket, Mitteilung, Benachrichtigung, Warnung, Grenze, Schwelle, Prozent
help-usage-and-alerts-what = Der Bildschirm „Verbrauch“ zeigt, was Sie in diesem Zeitraum verbraucht haben und was noch übrig ist.
help-usage-and-alerts-counted = Bei den Zahlen steht, bis wann { $operator } gezählt hat. Was Sie danach verbraucht haben, ist noch nicht darin.
help-usage-and-alerts-out = Was Ihr Tarif nicht enthält, ist außerhalb des Pakets. Es steht für sich, mit den Diensten Dritter wie dem Parken per SMS.
help-usage-and-alerts-told = Die App meldet sich bei { $thresholds } eines Kontingents.
help-usage-and-alerts-own = Sie können eigene Schwellen hinzufügen, und Stunden, in denen Sie in Ruhe gelassen werden.
help-usage-and-alerts-sent = { $operator } sendet auch selbst Hinweise, nach eigener Zählung. Die App zeigt, welche; ändern oder stoppen kann sie diese nicht.

help-plan-title = Ihr Tarif, und wie Sie um einen anderen bitten
help-plan-words = Vertrag, Paket, Option, wechseln, ändern, Tarifwechsel, mehr Daten, Ausland
help-plan-what = Ihr Tarif und das, was er enthält, stehen auf dem Bildschirm „Verbrauch“.
help-plan-employer = Nur Ihr Arbeitgeber kann ihn ändern, im Portal von { $operator }. Die App kann es nicht.
help-plan-ask = Er passt nicht? Die App bereitet eine Bitte an Ihren Flottenmanager vor. Fügen Sie hinzu, was Sie brauchen, und senden Sie sie.

help-split-bill-title = Split Bill: wer was zahlt
help-split-bill-words = geteilte Rechnung, Beitrag, Budget, Arbeitgeber, private Rechnung, Dritte, Parken, übertragen, Rest
help-split-bill-without = Ohne Split Bill zahlt Ihr Arbeitgeber den Vertrag, und zu Ihnen kommt keine Rechnung.
help-split-bill-third-parties = Dienste Dritter, etwa Parken per SMS, zahlen immer Sie, auch wenn vom Beitrag noch etwas übrig ist.
help-split-bill-limit = Eine Rechnung kommt, wenn Ihre eigenen Kosten insgesamt über { $limit } liegen; bei genau { $limit } kommt keine. Was nicht berechnet wurde, kann auf einer späteren stehen.
help-split-bill-third-period = Höchstens zwei Zeiträume vergehen ohne Rechnung. Im dritten kommt eine, gleich über welchen Betrag.

help-invoice-title = Ihre Rechnung lesen
help-invoice-words = Summe, Betrag, Mehrwertsteuer, MwSt, Einzelheiten, PDF, herunterladen, Belastung, unbekannt
help-invoice-first = Die erste Seite ist die Übersicht mit der Gesamtsumme.
help-invoice-detail = Danach kommen die Einzelheiten.
help-invoice-out = Alle Kosten außerhalb des Pakets stehen am Schluss.
help-invoice-none = Ein Monat ohne Rechnung ist normal: Ihre eigenen Kosten lagen nicht über { $limit }, oder Ihr Arbeitgeber zahlt alles.
help-invoice-dispute = Eine Belastung, die Sie nicht kennen? Wählen Sie ihre Zeile, und die App bereitet eine Frage an { $operator } vor.
help-invoice-offline = Eine heruntergeladene Rechnung öffnet sich auch ohne Netz.

help-paying-title = Bezahlen und Mahnungen
help-paying-words = Zahlung, Rechnung zahlen, bezahlen, Überweisung, überweisen, Bank, IBAN, Kontonummer, strukturierte Mitteilung, QR, Lastschrift, fällig, Erinnerung, Verzug
help-paying-when = Die Rechnung sagt, wie viel zu zahlen ist und bis wann.
help-paying-how = Zahlen Sie auf der Seite von { $operator }, wo die App das anbietet. Oder überweisen Sie: Kopieren Sie das Konto und die strukturierte Mitteilung genau so, wie sie dastehen, oder scannen Sie den QR-Code in der App Ihrer Bank auf einem anderen Gerät.
help-paying-debit = Bei Lastschrift müssen Sie nichts tun.
help-paying-account = Ist das Konto nicht das Ihrer letzten Rechnung? Rufen Sie { $operator } vor dem Bezahlen unter einer Nummer an, die Sie kennen, und vergleichen Sie.
help-paying-reminder = Eine Mahnung gilt einer Rechnung, die es schon gibt. Bezahlen Sie diese, einmal.
help-paying-unpaid = Bleibt eine Rechnung unbezahlt, mahnt { $operator } zuerst Sie und wendet sich dann an Ihren Arbeitgeber.

help-wifi-calling-title = Anrufe über WLAN
help-wifi-calling-words = VoWiFi, Wi-Fi, WLAN-Anrufe, WLAN-Telefonie, drinnen, Abdeckung, schlechter Empfang, einschalten
help-wifi-calling-what = Wo das Mobilfunknetz schwach ist, kann Ihr Telefon über WLAN anrufen. Ist das einmal eingeschaltet, geht es von selbst.
help-wifi-calling-two = Zwei Dinge sind nötig: { $operator } erlaubt es für Ihren Anschluss, und im Telefon ist es eingeschaltet.
help-wifi-calling-iphone = Auf einem iPhone: Gehen Sie in die Einstellungen, dann zum Mobilfunknetz, dann zu den WLAN-Anrufen, und schalten Sie sie für dieses iPhone ein.
help-wifi-calling-android = Auf Android: Gehen Sie in die Anrufeinstellungen, dann zu den WLAN-Anrufen, und schalten Sie sie ein. Wo das ist, ist von Telefon zu Telefon verschieden.
help-wifi-calling-walk = Der Bildschirm „WLAN-Anrufe“ führt Sie auf Ihrem Telefon Schritt für Schritt dorthin und hilft Ihnen zu sehen, ob es funktioniert.

help-wifi-calling-abroad-title = WLAN-Anrufe im Ausland, und 112
help-wifi-calling-abroad-words = Roaming, Reise, Urlaub, EU, Notruf, Rettungsdienst, Krankenwagen, Polizei, Feuerwehr
help-wifi-calling-abroad-what = Fragen Sie vor der Reise Ihren Flottenmanager, was Anrufe über WLAN im Ausland kosten.
