package mobile.companion.platform.widget

import mobile.companion.WidgetFigures
import mobile.companion.WidgetRow
import mobile.companion.WidgetView
import org.junit.jupiter.api.Test
import kotlin.test.assertEquals
import kotlin.test.assertNull

class WidgetContentTest {
    private val figures = WidgetFigures(
        title = "Data",
        headline = "3.8 GB left",
        usedPermille = 620u,
        elapsedPermille = 800u,
        over = false,
        warns = false,
        dated = "Counted until 14:03",
        spoken = "Data: 3.8 gigabytes left",
        rows = listOf(WidgetRow("Calls", "220 min left", 260u), WidgetRow("SMS", "Unlimited", null)),
    )

    @Test
    fun `while there is nothing of anybody only the app's name is shown`() {
        val content = widgetContent(WidgetView(figures = null, nextMs = null), "Example", hasRoom = true)
        assertEquals(WidgetContent("Example", null, null, null, warns = false, emptyList(), "Example"), content)
    }

    @Test
    fun `figures stand as the core says them, rows only where there is room, a bar only where there is a share`() {
        val large = widgetContent(WidgetView(figures, null), "Example", hasRoom = true)
        assertEquals("3.8 GB left", large.headline)
        assertEquals(WidgetBar(620, 800, isOver = false), large.bar)
        assertEquals("Counted until 14:03", large.dated)
        assertEquals("Data: 3.8 gigabytes left", large.spoken)
        val rows = listOf(WidgetLine("Calls · 220 min left", WidgetBar(260, 0, isOver = false)), WidgetLine("SMS · Unlimited", null))
        assertEquals(rows, large.lines)
        assertEquals(emptyList(), widgetContent(WidgetView(figures, null), "Example", hasRoom = false).lines)
        assertNull(widgetContent(WidgetView(figures.copy(usedPermille = null), null), "Example", hasRoom = true).bar)
    }

    @Test
    fun `more than the allowance is a full bar with a warning, whatever the number`() {
        val over = figures.copy(usedPermille = UInt.MAX_VALUE, elapsedPermille = null, over = true)
        val content = widgetContent(WidgetView(over, null), "Example", hasRoom = false)
        assertEquals(WidgetBar(1000, 0, isOver = true) to true, content.bar to content.warns)
    }
}
