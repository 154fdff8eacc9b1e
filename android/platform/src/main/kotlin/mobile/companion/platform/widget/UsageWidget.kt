package mobile.companion.platform.widget

import android.app.AlarmManager
import android.app.PendingIntent
import android.appwidget.AppWidgetManager
import android.appwidget.AppWidgetProvider
import android.content.ComponentName
import android.content.Context
import android.content.Intent
import android.os.Bundle
import android.view.View
import android.widget.RemoteViews
import mobile.companion.WidgetView
import mobile.companion.platform.dataDir
import mobile.companion.widgetView
import java.util.concurrent.Executors

/** The views of the app's widget layout. */
class WidgetIds(
    val layout: Int,
    val root: Int,
    val title: Int,
    val headline: Int,
    val bar: Int,
    val barOver: Int,
    val dated: Int,
    val warning: Int,
    val rows: List<WidgetRowIds>,
)

/** A row of the app's widget layout: all of it, and its parts. */
class WidgetRowIds(val root: Int, val text: Int, val bar: Int)

/**
 * This cycle's usage on the home screen, from the small file that the core writes: no database, no secrets, no network.
 * It is drawn anew after every change ([redraw]) and when the file says that its texts change by themselves.
 */
abstract class UsageWidget : AppWidgetProvider() {
    protected abstract val ids: WidgetIds

    /** What is shown while there is nothing of anybody. */
    protected abstract fun appName(context: Context): String

    /** What a tap opens. */
    protected abstract fun open(context: Context): PendingIntent

    override fun onUpdate(context: Context, manager: AppWidgetManager, widgets: IntArray) = draw(context, manager, widgets)

    override fun onAppWidgetOptionsChanged(context: Context, manager: AppWidgetManager, widget: Int, options: Bundle) =
        draw(context, manager, intArrayOf(widget))

    override fun onDisabled(context: Context) {
        context.getSystemService(AlarmManager::class.java).cancel(redrawing(context))
    }

    private fun draw(context: Context, manager: AppWidgetManager, widgets: IntArray) {
        // The first call loads the core's library: not on the main thread.
        val pending = goAsync()
        drawing.execute {
            try {
                val now = System.currentTimeMillis()
                val view = widgetView(dataDir(context), now)
                widgets.forEach { manager.updateAppWidget(it, views(context, view, manager.getAppWidgetOptions(it))) }
                view.nextMs?.let { drawAgain(context, it) }
            } finally {
                pending?.finish()
            }
        }
    }

    /** Whenever the phone is awake by then: nobody looks at a widget of a phone that sleeps. */
    private fun drawAgain(context: Context, atMs: Long) {
        context.getSystemService(AlarmManager::class.java).set(AlarmManager.RTC, atMs, redrawing(context))
    }

    private fun redrawing(context: Context): PendingIntent =
        PendingIntent.getBroadcast(context, 0, redrawIntent(context, javaClass), FLAGS)

    private fun views(context: Context, view: WidgetView, options: Bundle): RemoteViews {
        val hasRoom = options.getInt(AppWidgetManager.OPTION_APPWIDGET_MIN_HEIGHT) >= ROOM_FOR_ROWS_DP
        val content = widgetContent(view, appName(context), hasRoom)
        return RemoteViews(context.packageName, ids.layout).apply {
            setContentDescription(ids.root, content.spoken)
            setOnClickPendingIntent(ids.root, open(context))
            setTextViewText(ids.title, content.title)
            setText(ids.headline, content.headline)
            setText(ids.dated, content.dated)
            setShown(ids.warning, content.warns)
            setBar(ids.bar, content.bar?.takeUnless { it.isOver })
            setBar(ids.barOver, content.bar?.takeIf { it.isOver })
            ids.rows.forEachIndexed { index, row -> setRow(row, content.lines.getOrNull(index)) }
        }
    }

    private fun RemoteViews.setRow(row: WidgetRowIds, line: WidgetLine?) {
        setShown(row.root, line != null)
        setText(row.text, line?.text)
        setBar(row.bar, line?.bar)
    }

    private fun RemoteViews.setBar(id: Int, bar: WidgetBar?) {
        setShown(id, bar != null)
        setProgressBar(id, FULL, bar?.used ?: 0, false)
        setInt(id, "setSecondaryProgress", bar?.elapsed ?: 0)
    }

    private fun RemoteViews.setText(id: Int, text: String?) {
        setShown(id, text != null)
        setTextViewText(id, text.orEmpty())
    }

    private fun RemoteViews.setShown(id: Int, isShown: Boolean) =
        setViewVisibility(id, if (isShown) View.VISIBLE else View.GONE)

    companion object {
        private const val ROOM_FOR_ROWS_DP = 110
        private const val FLAGS = PendingIntent.FLAG_UPDATE_CURRENT or PendingIntent.FLAG_IMMUTABLE
        private val drawing = Executors.newSingleThreadExecutor()

        /** Draws all widgets of that class anew, as after a change of usage, a sign-out and a lock that was turned on. */
        fun redraw(context: Context, widget: Class<out UsageWidget>) = context.sendBroadcast(redrawIntent(context, widget))

        private fun redrawIntent(context: Context, widget: Class<out UsageWidget>): Intent {
            val component = ComponentName(context, widget)
            return Intent(context, widget)
                .setAction(AppWidgetManager.ACTION_APPWIDGET_UPDATE)
                .putExtra(
                    AppWidgetManager.EXTRA_APPWIDGET_IDS,
                    AppWidgetManager.getInstance(context).getAppWidgetIds(component),
                )
        }
    }
}
