# Ce qu’une personne demande au gestionnaire de flotte, prêt à envoyer : poli, court, et ce qu’il y a à faire.

request-invitation-subject = Pourriez-vous renvoyer mon invitation { $operator }{ "\u00A0" }?
request-hello = Bonjour,
request-who = J’ai un abonnement mobile { $operator } par le travail.
request-who-number = J’ai un abonnement mobile { $operator } par le travail, avec le numéro { $number }.
request-invitation-lost = Je ne retrouve plus l’e-mail avec l’invitation pour créer mon compte.
request-invitation-never-came = J’ai besoin de l’invitation par e-mail pour créer mon compte, mais elle n’est pas arrivée.
request-invitation-used = L’invitation pour créer mon compte a apparemment déjà servi, et je n’ai pas de compte.
request-invitation-expired = L’invitation pour créer mon compte a expiré.
request-invitation-unknown = L’invitation pour créer mon compte n’est pas reconnue.
request-invitation-other = L’invitation que j’ai reçue est apparemment destinée à un autre numéro.
request-invitation-ask = Pourriez-vous renvoyer l’invitation depuis le portail { $operator }, et y vérifier que mon adresse e-mail et mon numéro sont corrects{ "\u00A0" }?
request-plan-subject = Pourriez-vous revoir mon forfait { $operator }{ "\u00A0" }?
request-plan = Mon forfait ne correspond pas à ce dont j’ai besoin pour mon travail.
request-plan-ask = Pourriez-vous voir sur le portail { $operator } si un autre forfait ou une option conviendrait mieux{ "\u00A0" }? J’aurais besoin de{ "\u00A0" }:
request-wifi-subject = Appels Wi-Fi pour ma ligne { $operator }
request-wifi = Les appels Wi-Fi ne sont pas disponibles sur ma ligne.
request-wifi-ask = Pourriez-vous demander à { $operator } de les activer pour moi, ou me dire pourquoi ils ne sont pas proposés{ "\u00A0" }?
request-number-subject = Mon numéro et { $operator }
request-number = Le transfert de mon propre numéro est arrêté{ "\u00A0" }: il attend quelque chose ou a été refusé.
request-number-ask = Pourriez-vous voir sur le portail de { $operator } ce qui manque, par exemple une confirmation, le numéro de client ou le numéro de carte SIM chez mon ancien opérateur, et confirmer le transfert ou, s’il a été refusé, le redemander{ "\u00A0" }?
request-line-subject = Ma ligne { $operator }
request-line = Ma ligne est commandée et je ne peux pas m’en servir{ "\u00A0" }: elle est bloquée ou a été refusée, ou ma carte SIM ou l’e-mail avec le code de l’eSIM n’est pas arrivé.
request-line-ask = Pourriez-vous voir sur le portail de { $operator } si tout a été envoyé et ce qui manque{ "\u00A0" }?
request-thanks = Merci beaucoup.
