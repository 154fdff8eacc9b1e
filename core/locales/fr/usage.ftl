# L’écran de consommation, de haut en bas.

number-masked = { $masked }
    .spoken = numéro se terminant par { $end }
line-unnamed = Votre numéro
line-numbered = Numéro { $number }
cycle-days-left = { $range }, { $days-n ->
    [1] dernier jour
   *[other] encore { $days } jours
}
cycle-until = Jusqu’au { $date }, { $days-n ->
    [1] dernier jour
   *[other] encore { $days } jours
}
cycle-since = Depuis le { $date }
cycle-from = À partir du { $date }
cycle-ended = Jusqu’au { $date }
counted = Compté { $moment }
counted-about = Compté { $moment }, fuseau horaire supposé
no-time-given = L’opérateur n’indique pas l’heure
no-figures = Pas de chiffres
no-figures-yet = Pas encore de chiffres
badge-aging = Il y a plus d’une heure
badge-old = Il y a plus d’un jour
badge-previous = Période précédente, peut-être pas définitive
badge-rollover = { $operator } n’a pas encore commencé la nouvelle période
badge-received = Reçu { $moment }
empty-cycle = Pas encore de données pour cette période
empty-answer = Rien de compté pour l’instant
empty-not-loaded = Pas encore chargé
empty-not-entitled = { $operator } n’affiche pas la consommation de ce numéro. Votre employeur peut vous dire pourquoi.

title-data = { $zone ->
    [international] Données, international
    [eu] Données dans l’UE
    [world] Données hors UE
   *[national] Données
}
title-calls = { $zone ->
    [international] Appels vers l’étranger
    [eu] Appels dans l’UE
    [world] Appels hors UE
   *[national] Appels
}
title-sms = { $zone ->
    [international] SMS vers l’étranger
    [eu] SMS dans l’UE
    [world] SMS hors UE
   *[national] SMS
}
title-mms = { $zone ->
    [international] MMS vers l’étranger
    [eu] MMS dans l’UE
    [world] MMS hors UE
   *[national] MMS
}
title-credit = { $zone ->
    [international] Crédit, international
    [eu] Crédit dans l’UE
    [world] Crédit hors UE
   *[national] Crédit
}
title-other = { $zone ->
    [international] { $name }, international
    [eu] { $name } dans l’UE
    [world] { $name } hors UE
   *[national] { $name }
}
title-unnamed = Autre consommation
share-own = { $title }, votre part
share-all = { $title }, total partagé
left = Il reste { $amount }
used = Vous avez utilisé { $amount }
used-of = Vous avez utilisé { $used } sur { $total }
of-total = Sur { $total }
over = { $amount } hors forfait
used-up = Épuisé
unlimited = Illimité
full-speed-until = Pleine vitesse jusqu’à { $amount }, puis ralentie
fair-use-until = Usage raisonnable jusqu’à { $amount }
slower-now = Illimité, vitesse réduite
beyond-fair-use = Illimité, au-delà de l’usage raisonnable
no-figure = L’opérateur n’indique pas de chiffre
suspended = Suspendu
carried = chiffre plus récent illisible, compté { $moment }
carried-undated = chiffre plus récent illisible
expired = Expiré
ended-on = Terminé le { $date }
until-date = jusqu’au { $date }
starts-on = Commence le { $date }
percent-used-spoken = { $percent } utilisés

plan-fair-use = { $title }, usage raisonnable
plan-shared = { $title }, en commun avec des collègues
plan-unknown = { $operator } n’indique pas le forfait de ce numéro. Votre employeur peut vous dire lequel c’est.
plan-began = Ce forfait a commencé le { $date }. Les volumes peuvent valoir pour une partie de la période.
plan-began-since = Ce forfait a commencé le { $date }. Les chiffres datent d’avant{ "\u00A0" }; de nouveaux viendront peut-être avec la prochaine période.
plan-began-uncounted = Ce forfait a commencé le { $date }. Des chiffres viendront peut-être avec la prochaine période.
amount-range = { $low }–{ $high }
    .spoken = { $low } à { $high }
pace-until = Un peu vite{ "\u00A0" }: à ce rythme, { $range } d’ici le { $date }
pace-ahead = Un peu vite{ "\u00A0" }: { $used } utilisés, { $passed } de la période écoulés
forecast-until = D’ici le { $date }{ "\u00A0" }: { $range }
forecast-assumption = Si les prochains jours ressemblent aux { $days } jours complets comptés pendant cette période
day-untold = L’opérateur ne donne pas de chiffre
days-told = { $told } { $told-n ->
    [one] jour
   *[other] jours
} sur { $days }

out-of-bundle = { $amount } hors forfait
out-of-bundle-period = { $amount } hors forfait, { $range }
out-of-bundle-split = Hors forfait
cost-data = Données
cost-calls = Appels
cost-messages = Messages
cost-third-party = Services de tiers, toujours à votre charge
cost-other = Autres
cost-of-period = { $title }, { $range }

notice-offline = Pas de connexion { $since }.
notice-unavailable = { $operator } est indisponible { $since }.
notice-wait = { $operator } demande de patienter. Réessayez { $after }.
notice-blocked = Ce réseau bloque { $operator } { $since }. Le Wi-Fi vous demande peut-être de vous identifier.
notice-sign-in = Veuillez vous reconnecter.
notice-not-understood = { $operator } envoie des réponses illisibles { $since }.
notice-not-permitted = { $operator } n’affiche pas la consommation de votre numéro.
notice-clock = L’horloge de ce téléphone est décalée d’environ { $amount }. Réglez la date et l’heure sur automatique.
figures-from = Chiffres { $moment }.
figures-stay = Vos derniers chiffres sont toujours là.
figures-come = Vos chiffres apparaîtront dès que cela fonctionnera.
