# Ce que dit le terminal à côté des écrans.

terminal-press-enter = { $reason }{ "\u00A0" }: appuyez sur Entrée, ou sur Ctrl-C pour ne pas le faire.
terminal-nothing-shown = Rien n’est affiché.
terminal-signed-in = Connecté chez { $operator }.
terminal-stepped-up = { $operator } sait que c’est vous. Ce que vous vouliez voir peut être affiché pendant quelques minutes.
terminal-copy-kept = Une copie du PUK est gardée ici, pour être affichée sans réseau.
terminal-copy-none = Aucune copie du PUK n’est gardée ici.
terminal-code-whose = C’est le code gardé ici{ "\u00A0" }; on ne sait pas ici pour laquelle de vos eSIM il est.
terminal-code-card = Cette SIM est une carte. Seule une eSIM a un code.
terminal-code-gone = Aucun code d’eSIM n’est gardé ici.
terminal-sim-none = { $operator } n’indique aucune carte SIM ou eSIM à vous.
terminal-sim-unknown = Vous n’avez pas cette SIM. Voici les vôtres{ "\u00A0" }:
terminal-sim-several = Vous avez plusieurs SIM. Dites laquelle avec --sim{ "\u00A0" }:
terminal-line-none = Aucune ligne n’est en route pour vous.
terminal-line-unknown = Cette ligne n’est pas en route pour vous. Voici celles qui le sont{ "\u00A0" }:
terminal-line-several = Plusieurs lignes sont en route. Dites laquelle avec --line{ "\u00A0" }:
terminal-line-never = On ne sait pas encore ici si une ligne est en route pour vous. Demandez-le à { $operator } avec{ "\u00A0" }: companion activation
terminal-code-deleted = Le code de votre eSIM qui était gardé ici est supprimé.
terminal-hide = Entrée ou q le cache.
