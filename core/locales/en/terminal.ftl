# What the terminal says beside the screens.

terminal-press-enter = { $reason }: press Enter, or Ctrl-C to leave it.
terminal-nothing-shown = Nothing is shown.
terminal-signed-in = Signed in at { $operator }.
terminal-stepped-up = { $operator } knows that it is you. What you wanted to see can be shown for a few minutes.
terminal-copy-kept = A copy of the PUK is kept here, to be shown without a network.
terminal-copy-none = No copy of the PUK is kept here.
terminal-code-whose = It is the one kept here; which of your eSIMs it is for is not known here.
terminal-code-card = This SIM is a card. Only an eSIM has a code.
terminal-code-gone = No code of an eSIM is kept here.
terminal-sim-none = { $operator } tells of no SIM of yours.
terminal-sim-unknown = You have no such SIM. These are yours:
terminal-sim-several = You have several SIMs. Say which with --sim:
terminal-line-none = No line is on its way for you.
terminal-line-unknown = No such line is on its way for you. These are:
terminal-line-several = Several lines are on their way. Say which with --line:
terminal-line-never = Whether a line is on its way for you is not known here yet. Ask { $operator } with: companion activation
terminal-code-deleted = The code of your eSIM that was kept here is deleted.
terminal-hide = Enter or q hides it.
