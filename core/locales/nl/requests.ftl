# Wat iemand aan de fleetmanager vraagt, klaar om te versturen: beleefd, kort, en wat er te doen is.

request-invitation-subject = Kunt u mijn uitnodiging van { $operator } opnieuw sturen?
request-hello = Beste,
request-who = Ik heb via het werk een mobiel abonnement van { $operator }.
request-who-number = Ik heb via het werk een mobiel abonnement van { $operator }, met het nummer { $number }.
request-invitation-lost = Ik vind de e-mail met de uitnodiging om mijn account te maken niet meer terug.
request-invitation-never-came = Ik heb de uitnodiging per e-mail nodig om mijn account te maken, maar ze is niet aangekomen.
request-invitation-used = De uitnodiging om mijn account te maken blijkt al gebruikt, en ik heb geen account.
request-invitation-expired = De uitnodiging om mijn account te maken is verlopen.
request-invitation-unknown = De uitnodiging om mijn account te maken wordt niet herkend.
request-invitation-other = De uitnodiging die ik kreeg, blijkt voor een ander nummer te zijn.
request-invitation-ask = Zou u de uitnodiging opnieuw kunnen sturen vanuit het portaal van { $operator }, en daar nakijken of mijn e-mailadres en mijn nummer juist zijn?
request-plan-subject = Kunt u mijn abonnement van { $operator } bekijken?
request-plan = Mijn abonnement past niet bij wat ik voor mijn werk nodig heb.
request-plan-ask = Zou u in het portaal van { $operator } kunnen nakijken of een ander abonnement of een optie beter past? Wat ik nodig heb:
request-wifi-subject = Bellen via wifi voor mijn { $operator }-lijn
request-wifi = Bellen via wifi is niet beschikbaar op mijn lijn.
request-wifi-ask = Zou u { $operator } kunnen vragen om het voor mij in te schakelen, of me kunnen zeggen waarom het niet aangeboden wordt?
request-number-subject = Mijn nummer en { $operator }
request-number = De overdracht van mijn eigen nummer staat stil: er wordt op iets gewacht, of ze is geweigerd.
request-number-ask = Kun je in het portaal van { $operator } nakijken wat er ontbreekt, zoals een bevestiging, het klantnummer of het simkaartnummer bij mijn vorige operator, en de overdracht bevestigen of, als ze geweigerd is, opnieuw aanvragen?
request-line-subject = Mijn lijn bij { $operator }
request-line = Mijn lijn is besteld en ik kan er niet mee beginnen: ze wordt opgehouden of is geweigerd, of mijn simkaart of de e-mail met de code van de eSIM is niet aangekomen.
request-line-ask = Kun je in het portaal van { $operator } nakijken of alles verstuurd is en wat er ontbreekt?
request-thanks = Hartelijk dank.
