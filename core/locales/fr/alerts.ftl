# Alertes de consommation : la notification, et leur partie de l’écran Notifications.

alert-reached = { $title }{ "\u00A0" }: { $reached } atteints
alert-used = { $title }{ "\u00A0" }: { $share } utilisés
alert-body = { $what }. { $counted }.
alert-locked = Du nouveau sur votre consommation. Ouvrez l’app pour le lire.
alert-sample-title = Voici à quoi ressemble une alerte
alert-sample-body = Elle dit ce qui est presque épuisé, combien en a été utilisé et jusqu’à quand cela a été compté.

alert-at-share = À { $percent } d’un volume inclus
alert-at-costs = À { $amount } hors forfait
alert-every-costs = Tous les { $amount } hors forfait
alert-at-roaming = À { $percent } de la limite des frais de données en itinérance
alert-by-sms = Envoyé par { $operator } par SMS
alert-by-email = Envoyé par { $operator } par e-mail
alert-employer-sms = Envoyé par { $operator } par SMS, à la demande de votre employeur
alert-employer-email = Envoyé par { $operator } par e-mail, à la demande de votre employeur
alert-sent-note = { $operator } les envoie de son côté, selon son propre comptage et à son propre moment. Vos choix ici ne les modifient pas et ne les arrêtent pas.
alert-quiet = Silence de { $from } à { $to }
alert-quiet-off = Pas d’heures de silence
alert-told = Envoyé { $moment }
alert-waits = Sera envoyé { $moment }
alert-waits-now = En cours d’envoi
alert-in-app = Visible ici seulement
