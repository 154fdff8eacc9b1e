# Getting started: from the order to the first call. Short, one thing at a time; what is usual and what the law allows are
# never one sentence.

# The steps from the order to the first call
start-step-ordered = Commandé
start-step-sim = Carte SIM reçue
start-step-mail = E-mail d’activation reçu
start-step-esim = eSIM sur votre téléphone
start-step-number = Numéro demandé à votre ancien opérateur
start-step-old-signal = Ancienne SIM sans réseau
start-step-works = La nouvelle SIM fonctionne
start-step-account = Compte
start-step-wifi = Appels Wi-Fi

# What is ordered
start-new-line = Votre nouvelle ligne
start-case-card-new = Carte SIM, nouveau numéro
start-case-card-kept = Carte SIM, votre propre numéro
start-case-esim-new = eSIM, nouveau numéro
start-case-esim-kept = eSIM, votre propre numéro
start-case-new = Nouveau numéro
start-case-kept = Votre propre numéro
start-none = Rien n’est en route pour vous.
start-never-loaded = Ce téléphone ne sait pas encore si une ligne est en route pour vous.
start-sim-card = Carte SIM
start-sim-card-of = Carte SIM du { $line }
start-sim-esim = eSIM
start-sim-esim-of = eSIM du { $line }
start-sims-failed = Vos SIM n’ont pas pu être chargées pour l’instant.
start-sims-kept = Vos SIM n’ont pas pu être chargées pour l’instant. Ce que vous voyez a été communiqué { $when }.
start-sims-never = Ce téléphone ne sait pas encore quelles SIM vous avez.
start-sims-none = { $operator } n’indique aucune SIM pour vous.
start-missing = { $operator } ne mentionne plus cette commande. Ce que vous voyez a été communiqué { $when }.

# The SIM
start-card = Votre carte SIM est en route
start-card-what = Dès que vous l’avez, indiquez-le ici.
start-card-until = D’ici là, rien ne change sur votre téléphone.
start-moving-already = Votre numéro est déjà en cours de transfert{ "\u00A0" }: votre ancienne SIM perdra le réseau une fois le transfert terminé, même si la nouvelle n’est pas encore là.
start-card-keep = Le support de la carte{ "\u00A0" }: le PIN et le PUK y sont imprimés
start-card-if-not = Elle n’arrive pas{ "\u00A0" }? Demandez à votre employeur, qui l’a commandée.
start-mail = Cherchez l’e-mail d’activation
start-mail-what = { $operator } vous envoie un e-mail avec le code de votre eSIM. La ligne n’a pas de réseau tant que l’eSIM n’est pas sur votre téléphone.
start-mail-keep = L’e-mail{ "\u00A0" }: il contient aussi le PIN et le PUK
start-mail-if-not = Il n’est pas là{ "\u00A0" }? Regardez dans vos indésirables, puis demandez à votre employeur de le faire renvoyer.
start-esim = Installez l’eSIM sur votre téléphone
start-esim-what = Connectez-vous au Wi-Fi, puis ouvrez le code de l’e-mail sur ce téléphone, ou scannez-le depuis un autre écran.
start-esim-once = Un code ne sert en général qu’une fois{ "\u00A0" }: ne supprimez pas l’eSIM ensuite.

# The number
start-check = { $operator } vérifie le transfert de votre numéro
start-check-what = Votre ancien opérateur doit d’abord donner son accord. Vous n’avez rien à faire.
start-waiting = { $operator } attend une réponse
start-waiting-number = Quelqu’un doit encore confirmer le transfert de votre numéro. Regardez si vous avez un message de { $operator } et demandez à votre employeur.
start-waiting-line = { $operator } a besoin de quelque chose pour continuer. Demandez à votre employeur, qui a commandé la ligne.
start-scheduled = Votre numéro est transféré { $when }
start-scheduled-what = D’ici là, votre ancienne SIM fonctionne comme avant.
start-both-keep = L’ancienne SIM et la nouvelle
start-stop = Votre ancien opérateur peut vous envoyer un SMS auquel répondre STOP dans les 8 heures si vous n’avez pas demandé le transfert. Si vous l’avez demandé, ne répondez pas.
start-usual = En général terminé dans les 24 heures, souvent plus tôt
start-law = Selon la loi, au plus tard le { $date }
start-moving = Votre numéro est en cours de transfert
start-moving-what = Votre ancienne SIM perd le réseau dès que le numéro est transféré. À partir de là, la nouvelle fonctionne.
start-longer = Cela prend plus de temps que d’habitude. Ce n’est pas encore en retard.
start-late = Votre numéro aurait déjà dû être transféré
start-late-ask = Adressez-vous à { $operator }, pas à votre ancien opérateur.
start-late-since = Selon la loi, votre numéro devait être transféré au plus tard le { $date }.
start-late-was = Votre numéro a été transféré plus tard que la loi ne le permet{ "\u00A0" }: il devait l’être au plus tard le { $date }.
start-late-right = Une indemnité peut être demandée par jour{ "\u00A0" }: { $daily }, parfois { $most }. Elle n’est pas versée d’office{ "\u00A0" }: le titulaire du contrat, en général votre employeur, la demande à { $operator } au plus tard le { $date }.
start-refused = Votre numéro n’a pas pu être transféré
start-refused-data = Le numéro de client ou le numéro de carte SIM chez votre ancien opérateur ne correspond pas. Cherchez-les sur une ancienne facture et donnez-les à votre employeur, qui peut redemander le transfert.
start-refused-inactive = La ligne chez votre ancien opérateur n’est pas active. Seul un numéro encore en service peut être transféré{ "\u00A0" }: ne le résiliez donc pas vous-même.
start-refused-permitted = Le contrat de votre employeur ne le prévoit pas. Seul votre employeur peut le changer.
start-refused-other = { $operator } ne dit pas pourquoi. Votre employeur peut se renseigner.
start-refused-old = Votre ancienne SIM continue de fonctionner.
start-refused-line = Votre ligne n’a pas pu être créée
start-cancelled = La commande a été annulée
start-cancelled-what = Demandez à votre employeur ce qui se passe maintenant.
start-suspended = { $operator } a suspendu votre ligne
start-suspended-what = Elle ne permet pas d’appeler pour l’instant. Demandez pourquoi à votre employeur.
start-ended = Votre ligne a été résiliée
start-ended-what = Demandez à votre employeur si c’est voulu.

# The first call
start-try = Insérez la nouvelle SIM et essayez
start-try-esim = Activez l’eSIM et essayez
start-try-what = Entrez le code PIN, redémarrez le téléphone et appelez quelqu’un.
start-try-from = La ligne fonctionne { $when }.
start-try-later = Votre ligne fonctionne { $when }
start-try-later-what = Gardez la SIM et son code PIN à portée de main. Elle n’a pas de réseau avant.
start-try-later-esim = D’ici là, l’eSIM n’a pas de réseau, même si elle est déjà sur votre téléphone.
start-on-day = le { $date }
start-try-if-not = Pas de réseau après le redémarrage{ "\u00A0" }? Vérifiez dans les réglages que la SIM est activée, puis adressez-vous à { $operator }.
start-ready = Votre ligne est prête
start-ready-card-if-not = La carte n’est pas encore là{ "\u00A0" }? Demandez à votre employeur, qui l’a commandée.
start-ready-if-not = Pas de réseau{ "\u00A0" }? Si l’eSIM n’est pas encore sur votre téléphone, installez-la avec le code. Si elle y est, redémarrez le téléphone{ "\u00A0" }; si cela ne suffit pas, adressez-vous à { $operator }.
start-done = Votre ligne fonctionne
start-done-code = Fonctionne-t-elle sur votre téléphone{ "\u00A0" }? Dites-le ici{ "\u00A0" }: si le code de votre eSIM est conservé sur ce téléphone, il est alors supprimé. Sinon, il l’est automatiquement un mois après que la ligne a été prête.
start-done-what = Il reste une chose utile{ "\u00A0" }: les appels Wi-Fi, pour les endroits où le réseau est faible.

# Answers
start-answer-has-sim = J’ai la carte SIM
start-answer-has-mail = J’ai l’e-mail
start-answer-has-profile = Elle est sur mon téléphone
start-answer-old-signal-gone = Mon ancienne SIM n’a plus de réseau
start-answer-works = Ça fonctionne
start-answer-undo = Annuler ma dernière réponse

# A letter to the operator
start-claim-subject = Indemnité pour le transfert tardif de mon numéro
start-claim-hello = Bonjour,
start-claim = Mon numéro { $number } est en cours de transfert vers { $operator }.
start-claim-moved = Mon numéro { $number } a été transféré vers { $operator }.
start-claim-launched = Le transfert a été lancé le { $launched } et devait, selon la loi, être terminé au plus tard le { $date }.
start-claim-under-way = Le transfert était en cours le { $seen } au plus tard et devait, selon la loi, être terminé au plus tard le { $date }.
start-claim-open = Selon l’état de la commande chez vous, ce n’est pas encore le cas.
start-claim-ask = Je vous demande de le terminer et de verser l’indemnité due pour chaque jour de retard.
start-claim-done = Il l’a été le { $done }.
start-claim-undone = Selon l’état de la commande chez vous, ce n’était pas encore le cas le { $seen }.
start-claim-pay = Je vous demande de verser l’indemnité due pour chaque jour de retard.
