import groovy.json.JsonSlurper
import java.net.URI

buildscript {
    dependencies {
        // The Android plugin brings an older Kotlin along; this is the one that everything else here is compiled with.
        classpath(libs.kotlin.gradle.plugin)
    }
}

plugins {
    alias(libs.plugins.android.application)
    alias(libs.plugins.compose.compiler)
}

/** The operator: `-Pcompanion.profile=…` names another one than the sandbox. */
val profileFile = file(providers.gradleProperty("companion.profile").getOrElse("../../core/profiles/sandbox.json"))

/** One version of the operator's app: `-Pcompanion.applicationId=be.operator.app`. */
val appId = providers.gradleProperty("companion.applicationId").getOrElse("mobile.companion.app")

// What the manifest has to know of the profile: where the browser comes back to, and how an invitation begins.
val profile = JsonSlurper().parse(profileFile) as Map<*, *>
val identity = profile["identity"] as Map<*, *>
val redirectUri = URI(identity["redirectUri"] as String)
val isByPage = redirectUri.scheme == "https"
val invitation = URI((identity["invitation"] as Map<*, *>?)?.get("link") as String? ?: "https://invitation.invalid/")

// Android 11 trusts all of an app's sites or none: where there is only one, its filters name that one twice.
val invitationSite = if (isByPage && invitation.host == "invitation.invalid") redirectUri else invitation
val redirectSite = if (isByPage) redirectUri else invitationSite

android {
    namespace = "mobile.companion.app"
    compileSdk = 36

    defaultConfig {
        applicationId = appId
        // Below, a key cannot ask for "finger, face or device lock" each time it is used.
        minSdk = 30
        targetSdk = 36
        // Each upload to a store wants a higher one: `-Pcompanion.versionCode=42`.
        versionCode = providers.gradleProperty("companion.versionCode").getOrElse("1").toInt()
        versionName = providers.gradleProperty("companion.versionName").getOrElse("0.1.0")
        manifestPlaceholders["appLabel"] = profile["name"] as String
        // Of `scheme:/path`; where a page leads back, a scheme that nobody uses.
        manifestPlaceholders["redirectScheme"] = if (isByPage) "$appId.unused" else redirectUri.scheme
        manifestPlaceholders["redirectRest"] = if (isByPage) "/" else redirectUri.schemeSpecificPart
        manifestPlaceholders["redirectHost"] = redirectSite.host
        manifestPlaceholders["redirectPath"] = redirectSite.path
        manifestPlaceholders["invitationHost"] = invitationSite.host
        manifestPlaceholders["invitationPath"] = invitationSite.path
        buildConfigField("String", "REDIRECT_URI", "\"$redirectUri\"")
        ndk {
            abiFilters += listOf("arm64-v8a", "armeabi-v7a", "x86_64")
        }
    }

    buildFeatures {
        buildConfig = true
        compose = true
    }

    buildTypes {
        release {
            isMinifyEnabled = true
            isShrinkResources = true
            proguardFiles(
                getDefaultProguardFile("proguard-android-optimize.txt"),
                "../../bindings/kotlin/consumer-rules.pro",
            )
        }
    }

    // One app of four source folders: the library with its generated part, the adapters and the screens.
    sourceSets.named("main") {
        kotlin.directories += listOf(
            "../../bindings/kotlin/src/main/kotlin",
            "../../bindings/kotlin/generated",
            "../platform/src/main/kotlin",
            "../ui/src/main/kotlin",
        )
    }

    androidResources {
        // The person may give this app a language of its own in the phone's settings.
        generateLocaleConfig = true
        localeFilters += listOf("en", "fr", "nl", "de")
    }
}

kotlin {
    jvmToolchain(17)
}

/** Puts the operator's profile among the raw resources. */
abstract class CopyProfile : DefaultTask() {
    @get:InputFile
    abstract val profile: RegularFileProperty

    @get:OutputDirectory
    abstract val resources: DirectoryProperty

    @TaskAction
    fun copy() {
        val target = resources.file("raw/profile.json").get().asFile
        target.parentFile.mkdirs()
        profile.get().asFile.copyTo(target, overwrite = true)
    }
}

androidComponents {
    onVariants { variant ->
        val name = variant.name.replaceFirstChar(Char::uppercase)
        val copy = tasks.register<CopyProfile>("copy${name}Profile") { profile = profileFile }
        variant.sources.res?.addGeneratedSourceDirectory(copy, CopyProfile::resources)
    }
}

dependencies {
    implementation(libs.kotlinx.coroutines.android)
    implementation(variantOf(libs.jna) { artifactType("aar") })
    implementation(platform(libs.compose.bom))
    implementation(libs.compose.foundation)
    implementation(libs.compose.material3)
    implementation(libs.compose.material.icons)
    implementation(libs.activity.compose)
    implementation(libs.browser)
    implementation(libs.work)
}
