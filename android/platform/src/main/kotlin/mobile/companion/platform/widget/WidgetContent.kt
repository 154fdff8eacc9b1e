// What the widget shows of what the core says: which parts there are, and with which texts.

package mobile.companion.platform.widget

import mobile.companion.WidgetFigures
import mobile.companion.WidgetView

/** A bar of a widget, in thousandths; without [used] there is none. */
data class WidgetBar(val used: Int, val elapsed: Int, val isOver: Boolean)

/** One more figure. */
data class WidgetLine(val text: String, val bar: WidgetBar?)

/** A widget, top to bottom. Without [headline] it shows the app's name alone. */
data class WidgetContent(
    val title: String,
    val headline: String?,
    val bar: WidgetBar?,
    val dated: String?,
    val warns: Boolean,
    val lines: List<WidgetLine>,
    val spoken: String,
)

/** What to draw: [appName] alone while there is nothing of anybody, and rows only where [hasRoom] for them. */
fun widgetContent(view: WidgetView, appName: String, hasRoom: Boolean): WidgetContent {
    val figures = view.figures
        ?: return WidgetContent(appName, null, null, null, warns = false, lines = emptyList(), spoken = appName)
    return WidgetContent(
        title = figures.title,
        headline = figures.headline,
        bar = bar(figures),
        dated = figures.dated,
        warns = figures.warns || figures.over,
        lines = figures.rows.takeIf { hasRoom }.orEmpty().map {
            WidgetLine("${it.title} · ${it.headline}", it.usedPermille?.let { used -> bar(used, null, false) })
        },
        spoken = figures.spoken,
    )
}

private fun bar(figures: WidgetFigures) = figures.usedPermille?.let { bar(it, figures.elapsedPermille, figures.over) }

private fun bar(used: UInt, elapsed: UInt?, isOver: Boolean) =
    WidgetBar(permille(used), elapsed?.let(::permille) ?: 0, isOver)

private fun permille(share: UInt) = share.coerceAtMost(FULL.toUInt()).toInt()

internal const val FULL = 1000
