// Which kind of app a link belongs to.

package mobile.companion.platform.intents

/** How a link is opened. */
enum class Way {
    /** Shown by the telephone, which the person then makes the call with. */
    DIAL,

    /** Begins a letter. */
    MAIL,

    /** A page: the browser. */
    PAGE,

    /** Sets up an eSIM, and holds its code. */
    ESIM,

    /** Not at all: a profile names none of this kind, and what a foreign text would open is unknown. */
    NONE,
}

/** The way of [link], by its scheme. */
fun wayOf(link: String): Way = when (link.substringBefore(':', missingDelimiterValue = "").lowercase()) {
    "tel" -> Way.DIAL
    "mailto" -> Way.MAIL
    "https" -> if (isSetupLink(link)) Way.ESIM else Way.PAGE
    else -> Way.NONE
}
