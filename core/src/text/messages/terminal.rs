//! What the terminal face says beside the screens, where a sentence of theirs would else go on in English.

use super::{Arg, say};
use crate::text::{Language, Text};

messages! {
    terminal_press_enter = "terminal-press-enter" (reason: &Text);
    terminal_nothing_shown = "terminal-nothing-shown" ();
    terminal_signed_in = "terminal-signed-in" (operator: &Text);
    terminal_stepped_up = "terminal-stepped-up" (operator: &Text);
    terminal_copy_kept = "terminal-copy-kept" ();
    terminal_copy_none = "terminal-copy-none" ();
    terminal_code_whose = "terminal-code-whose" ();
    terminal_code_card = "terminal-code-card" ();
    terminal_code_gone = "terminal-code-gone" ();
    terminal_sim_none = "terminal-sim-none" (operator: &Text);
    terminal_sim_unknown = "terminal-sim-unknown" ();
    terminal_sim_several = "terminal-sim-several" ();
    terminal_line_none = "terminal-line-none" ();
    terminal_line_unknown = "terminal-line-unknown" ();
    terminal_line_several = "terminal-line-several" ();
    terminal_line_never = "terminal-line-never" (operator: &Text);
    terminal_code_deleted = "terminal-code-deleted" ();
    terminal_hide = "terminal-hide" ();
}
