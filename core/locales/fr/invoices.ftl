# The invoices: the list, one invoice, paying, claims.

# The list
employer-pays = Votre employeur paie
employer-pays-detail = Aucun compte de facturation n’est à votre nom{ "\u00A0" }: vous ne recevez donc pas de facture. C’est normal.
no-invoices = Pas encore de facture
no-invoices-detail = Dès que vos propres frais seront facturés, la facture se trouvera ici.
bills-checked = Vérifié { $moment }
nothing-fetched = Rien n’est encore chargé
nothing-fetched-detail = Vos factures n’ont pas encore été chargées sur ce téléphone. Connectez-vous à un réseau et actualisez.
bill-invoice = Facture
bill-credit-note = Note de crédit
bill-statement = Services de tiers
bill-reminder = Rappel
bill-document = Document
bill-issued = établie le { $date }

# Where its payment stands
bill-state-unknown = L’opérateur n’indique pas si elle est payée
bill-open = À payer
bill-open-by = À payer au plus tard le { $date }
bill-direct-debit = Par domiciliation
bill-direct-debit-on = Par domiciliation le { $date }
bill-marked-paid = Vous avez noté l’avoir payée
bill-pending = Paiement en cours
bill-partly-paid = Payée en partie
bill-partly-paid-left = Payée en partie, reste { $amount }
bill-paid = Payée
bill-overdue = En retard
bill-overdue-since = En retard, à payer pour le { $date }
bill-reminded = Un rappel a été envoyé
bill-employer-contacted = Votre employeur a été contacté à ce sujet
bill-credited = Annulée par une note de crédit
bill-nothing-to-pay = Rien à payer
bill-credit = Crédit en votre faveur
bill-pay-the-invoice = Payez la facture concernée

# Periods without an invoice
no-invoice = Pas de facture
no-invoice-nothing = Pas de facture{ "\u00A0" }: aucun frais personnel
no-invoice-small = Pas de facture{ "\u00A0" }: vos frais personnels ne dépassaient pas { $limit }
no-invoice-pending = Pas de facture{ "\u00A0" }: { $amount } s’ajouteront peut-être à une prochaine
no-invoice-yet = Pas encore de facture{ "\u00A0" }; elle peut encore arriver
no-invoice-otherwise = Aucune facture n’est arrivée, alors qu’elle était attendue

# What runs
running-total = { $amount } jusqu’ici, pas encore facturé
running-before = { $amount } jusqu’ici, avant la part de votre employeur
running-unknown = Frais pas encore facturés
running-note = Provisoire{ "\u00A0" }: les montants peuvent encore changer
running-subscription-first = La contribution de votre employeur sert d’abord à l’abonnement, qui ne figure pas encore parmi ces frais.
expected-threshold = Une facture d’environ { $amount } peut arriver à partir du { $date }, car vos frais personnels dépassent { $limit }.
expected-third = Une facture d’environ { $amount } peut arriver à partir du { $date }{ "\u00A0" }: à la troisième période, il en vient une quel que soit le montant.
expected-nothing = Un relevé sans rien à payer peut arriver à partir du { $date }.
expected-includes-earlier = Elle peut comprendre des périodes précédentes.
expected-waits = Aucune facture n’est attendue pour cette période{ "\u00A0" }: { $amount } s’ajouteront peut-être à une prochaine.
expected-none = Aucune facture n’est attendue pour cette période.
expected-later = Il en viendra une au plus tard pour { $month }, quel que soit le montant.
expected-closing = Le split bill se termine avec cette période{ "\u00A0" }; une facture pour le solde peut arriver aussitôt.

# Why it came
why-split-bill = Votre employeur contribue à votre abonnement{ "\u00A0" }; ce que la contribution ne couvre pas est à votre charge.
why-covered = Votre employeur a pris en charge { $amount }.
why-subscription-first = La contribution sert d’abord à l’abonnement.
why-uncovered = À votre charge{ "\u00A0" }: { $amount } que la contribution ne couvrait pas.
why-third-party = Également à votre charge{ "\u00A0" }: { $amount } pour des services de tiers, comme le stationnement par SMS. Ils le sont toujours, même s’il reste une partie de la contribution.
why-lapses = Ce qui reste d’une contribution est perdu à la fin de la période{ "\u00A0" }; rien n’est reporté.
why-threshold = Elle a été émise parce que vos frais personnels dépassaient { $limit }.
why-third-period = Elle a été émise parce que c’était la troisième période{ "\u00A0" }: il en vient alors une quel que soit le montant.
why-otherwise = Elle a été émise autrement que prévu{ "\u00A0" }; seul compte ce que l’opérateur facture.
why-switched = Cela montre comment l’opérateur compte{ "\u00A0" }; les prévisions en tiennent désormais compte.
why-credit-note = Elle rembourse ce qui a été facturé auparavant{ "\u00A0" }; il n’y a rien à payer.
why-statement = Les services de tiers sont toujours à votre charge et figurent à part.
why-reminder = Il rappelle une facture qui existe déjà{ "\u00A0" }; payez celle-ci, une seule fois.

# Its first page
overview-tax-excluded = Hors TVA
overview-tax = TVA
overview-tax-rate = TVA { $rate }
overview-tax-included = Total TVA comprise
overview-paid = Payé
overview-left = Reste à payer
section-detail = Toutes les lignes
section-out-of-bundle = Dont hors forfait

# Its lines
group-recurring = Abonnement
group-one-time = Frais uniques
group-usage = Consommation
group-third-party = Services de tiers
group-credit = Crédits et remises
group-employer = Payé par votre employeur
group-penalty = Retard de paiement
group-other = Autres
line-third-party = Tiers, toujours à votre charge
line-without-tax = hors TVA
line-no-amount = L’opérateur ne donne pas de montant
line-provisional = Provisoire

# What does not add up
warning-tax = Hors TVA plus TVA font { $parts }, le total indique { $total }. Les deux sont les chiffres de l’opérateur.
warning-line-tax = Pour une ligne, les parties font { $parts }, son total indique { $total }.
warning-remaining = L’opérateur indique { $due } à payer et { $remaining } restants. Consultez la facture imprimée avant de payer.
warning-settled = Elle est dite payée, mais il reste { $remaining }.
warning-duplicate = Deux lignes portent le même numéro{ "\u00A0" }; les deux sont affichées.
warning-no-amount = { $count-n ->
    [1] Une ligne n’a
   *[other] { $count } lignes n’ont
} pas de montant{ "\u00A0" }: rien n’est donc calculé à partir des lignes.
warning-sum = Les lignes font { $detail }, l’aperçu indique { $overview }. C’est l’aperçu qui compte{ "\u00A0" }; rien n’est calculé à partir des lignes.
warning-rounding = L’écart peut être un arrondi.
warning-out-of-bundle = Les lignes hors forfait font { $detail }, le total de l’opérateur indique { $overview }.
warning-employer-share = Une ligne de la part de votre employeur demande de l’argent{ "\u00A0" }; demandez à l’opérateur ce que cela signifie.

# Paying
pay-amount = Payez { $amount }.
pay-if-not-yet = Vous avez noté l’avoir payée. Ne payez que si ce n’est pas encore fait.
pay-by = Payez { $amount } au plus tard le { $date }.
pay-was-due = Payez { $amount }. C’était à payer pour le { $date }.
pay-nothing = Il n’y a rien à payer ici.
pay-unknown = { $operator } n’indique pas ce qui est à payer. Consultez la facture imprimée.
pay-direct-debit = Elle est encaissée par domiciliation. Vous n’avez rien à faire.
pay-direct-debit-on = Elle est encaissée par domiciliation le { $date }. Vous n’avez rien à faire.
pay-link = Payer sur { $host }
pay-no-account = L’opérateur n’indique pas ici de compte où payer. Consultez la facture imprimée.
pay-other-account = Le compte n’est pas celui de votre dernière facture. Appelez { $operator } à un numéro que vous connaissez, pas à celui de cette facture, et comparez avant de payer.
pay-account-new = Compte sur cette facture
pay-account-before = Compte jusqu’ici
pay-other-name = Le compte est le même, le nom du bénéficiaire est différent. En cas de doute, demandez à { $operator }.
pay-field-name = Bénéficiaire
pay-field-iban = Compte
pay-field-amount = Montant
pay-field-structured = Communication structurée
pay-field-reference = Référence
pay-field-message = Communication
pay-name-check = Votre banque peut signaler que le nom ne correspond pas exactement. Comparez-le avec celui affiché ici.
pay-doubtful = Les chiffres de contrôle de la référence sont faux{ "\u00A0" }: il n’y a donc pas de code QR. Copiez-la telle qu’imprimée ou demandez à l’opérateur.
pay-qr-note = Scannez-le dans l’application de votre banque sur un autre appareil{ "\u00A0" }; une application photo n’affiche que du texte.
pay-qr-other-way = Ma banque ne reconnaît pas la communication

# Documents
document-not-here = Non téléchargée
document-downloading = Téléchargement en cours
document-partly = Téléchargée en partie
document-here = Téléchargée
document-removed = Retirée de ce téléphone, à télécharger de nouveau

# Claims and disputes
claim-subject = Frais à rembourser{ "\u00A0" }: { $invoice }
claim-total = Total TVA comprise{ "\u00A0" }: { $amount }
claim-no-total = Une ligne n’a pas de montant{ "\u00A0" }: il n’y a donc pas de total.
claim-covered = Remarque{ "\u00A0" }: de ces frais, l’employeur a déjà payé au moins { $amount } par la contribution sur cette facture.
claim-line-covered = payé par l’employeur
claim-name = Nom{ "\u00A0" }: ____________________
claim-number = Numéro de GSM{ "\u00A0" }: ____________________
claim-footer = Copie de lignes de ma facture privée{ "\u00A0" }; ceci n’est pas une facture.
csv-invoice = Facture
csv-date = Date
csv-what = Libellé
csv-amount = Montant TVA comprise (EUR)
dispute-subject = Question sur un montant facturé{ "\u00A0" }: { $what }
dispute-body =
    Bonjour,

    Sur ma facture de { $operator } ({ $invoice }) figure cette ligne{ "\u00A0" }: { $line }.

    Je ne la reconnais pas. Pouvez-vous me dire de quel service il s’agit, quand et comment il a été commandé, et comment le faire arrêter et me faire rembourser si je ne l’ai pas commandé{ "\u00A0" }?

    Cordialement
