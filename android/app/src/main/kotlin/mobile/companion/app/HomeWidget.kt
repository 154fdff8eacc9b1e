package mobile.companion.app

import android.app.PendingIntent
import android.content.Context
import mobile.companion.platform.widget.UsageWidget
import mobile.companion.platform.widget.WidgetIds
import mobile.companion.platform.widget.WidgetRowIds

/** The widget with this app's layout. */
class HomeWidget : UsageWidget() {
    override val ids = WidgetIds(
        layout = R.layout.usage_widget,
        root = R.id.widget,
        title = R.id.title,
        headline = R.id.headline,
        bar = R.id.bar,
        barOver = R.id.bar_over,
        dated = R.id.dated,
        warning = R.id.warning,
        rows = listOf(
            WidgetRowIds(R.id.row1, R.id.row1_text, R.id.row1_bar),
            WidgetRowIds(R.id.row2, R.id.row2_text, R.id.row2_bar),
        ),
    )

    override fun appName(context: Context): String = context.applicationInfo.loadLabel(context.packageManager).toString()

    override fun open(context: Context): PendingIntent = openUsage(context)
}
