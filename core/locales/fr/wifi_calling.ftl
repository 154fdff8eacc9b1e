# The Wi-Fi calling screen: what is known, the walk, the network check.

# What is known of the line and the phone
wifi-your-phone = Votre téléphone{ "\u00A0" }: { $phone }.
wifi-line-on = Votre ligne{ "\u00A0" }: autorisée par votre opérateur.
wifi-line-off = Votre ligne{ "\u00A0" }: pas encore activée chez votre opérateur.
wifi-line-in-progress = Votre ligne{ "\u00A0" }: en cours d’activation chez votre opérateur.
wifi-line-unknown = Votre ligne{ "\u00A0" }: votre opérateur n’indique pas si elle est autorisée.
wifi-phone-off = Ce téléphone{ "\u00A0" }: pas encore activé.
wifi-phone-said-on = Ce téléphone{ "\u00A0" }: activé, d’après vous.
wifi-phone-on-now = Ce téléphone{ "\u00A0" }: en appels Wi-Fi en ce moment.
wifi-works-since = Fonctionne depuis le { $date }.
wifi-works-since-at = Fonctionne depuis le { $date } sur { $network }.

# The walk
wifi-not-provisioned = Votre ligne n’est pas encore prête pour les appels Wi-Fi
wifi-not-provisioned-order = { $operator } peut l’activer{ "\u00A0" }: demandez-le ici. Cela prend en général moins de 24 heures.
wifi-not-provisioned-ask = Le contact de votre employeur peut demander à { $operator } de l’activer pour votre ligne.
wifi-order-refused = { $operator } ne l’a pas accepté pour votre ligne. Demandez pourquoi au contact de votre employeur.
wifi-order-failed = L’activation a échoué chez { $operator }. Demandez-la encore une fois.
wifi-order-unsent = C’est demandé, et aucune réponse n’est venue. La demande sera refaite d’elle-même.
wifi-order-waiting = { $operator } attend quelqu’un, peut-être votre employeur.
wifi-being-provisioned = Votre opérateur est en train de l’activer
wifi-being-provisioned-wait = Cela prend en général moins de 24 heures. Vous pouvez continuer avec le téléphone{ "\u00A0" }; l’interrupteur apparaîtra peut-être plus tard.
wifi-switch-on = Activez-le sur le téléphone
wifi-switch-on-question = Suivez ce chemin. L’interrupteur est-il activé{ "\u00A0" }?
wifi-may-be-named = Peut s’appeler autrement sur votre téléphone.
wifi-path-search = Ou cherchez «{ "\u00A0" }{ $words }{ "\u00A0" }» dans les réglages.
wifi-path-settings = Dans les réglages
wifi-path-phone = Dans l’app Téléphone
wifi-path-tile = Dans les réglages rapides
wifi-path-search-title = Par la recherche
wifi-path-other-devices = Pour vos autres appareils
wifi-label-or = ou
wifi-short-version = La version courte de { $operator }
wifi-missing = L’interrupteur n’y est pas
wifi-missing-esim = Une nouvelle eSIM demande un redémarrage, puis une dizaine de minutes. Redémarrez le téléphone une fois et regardez à nouveau.
wifi-greyed = L’interrupteur est grisé
wifi-greyed-call = Pendant un appel, on ne peut pas le changer. Raccrochez et regardez à nouveau.
wifi-network = Ce Wi-Fi le laisse-t-il passer{ "\u00A0" }?
wifi-network-what = La vérification envoie quelques petits paquets à votre opérateur, et rien sur vous. Elle prend au plus huit secondes.
wifi-emergency = 112{ "\u00A0" }: ne comptez pas sur les appels Wi-Fi
wifi-emergency-what = Les appels d’urgence ne passent peut-être pas par le Wi-Fi, et personne ne sait alors où vous êtes. Utilisez n’importe quel réseau mobile, ou un autre téléphone. Ne testez jamais avec le 112.
wifi-proof = La preuve
wifi-airplane-name = Le mode avion s’appelle «{ "\u00A0" }{ $name }{ "\u00A0" }» sur votre téléphone.
wifi-registered-now = Votre téléphone indique qu’il est enregistré par Wi-Fi en ce moment.
wifi-works = Les appels Wi-Fi fonctionnent
wifi-works-what = Vous pouvez le laisser activé. Il sert de lui-même là où le signal mobile est faible.
wifi-symptoms = Que se passe-t-il{ "\u00A0" }?
wifi-support = Rien n’a aidé
wifi-support-what = Envoyez ce qui a été trouvé au support. Il n’y a que des codes{ "\u00A0" }: ni numéro, ni nom, ni Wi-Fi.

# Answers
wifi-answer-yes = Oui
wifi-answer-no = Non
wifi-answer-understood = Continuer
wifi-answer-done = C’est fait
wifi-answer-anyway = Continuer quand même
wifi-answer-on = Oui, il est activé
wifi-answer-not-there = Je ne le trouve pas
wifi-answer-grey = Il est grisé
wifi-answer-seen-now = Il est là maintenant
wifi-answer-still-not = Cela n’a pas aidé
wifi-answer-works = Oui, cela a marché
wifi-answer-fails = Non, cela n’a pas marché
wifi-answer-later = Passer cette étape
wifi-answer-helped = Cela a aidé
wifi-answer-trouble = Quelque chose ne va pas
wifi-answer-again = Depuis le début
wifi-action-switch-on = Le demander
wifi-action-check = Vérifier ce réseau
wifi-action-open = Ouvrir les réglages
