//! What a phone knows of itself and its network. Told by the app whenever it changes, kept nowhere: every fact may be absent,
//! none is trusted beyond what it says, and none leaves the phone.

/// What the phone knows. Android tells most of it; iOS tells the person's languages, the version and hardly anything else.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct PhoneFacts {
    /// What it runs.
    pub platform: PhonePlatform,
    /// Its maker (`Build.MANUFACTURER`): `samsung`. Empty: not known.
    #[uniffi(default = "")]
    pub maker: String,
    /// Its brand (`Build.BRAND`).
    #[uniffi(default = "")]
    pub brand: String,
    /// Its model (`Build.MODEL`, `utsname.machine`).
    #[uniffi(default = "")]
    pub model: String,
    /// The version of the system as it is written: `15`, `18.1.1`.
    #[uniffi(default = "")]
    pub os_version: String,
    /// What its maker put over Android, as it is written: `One UI`, `HyperOS`.
    #[uniffi(default = None)]
    pub skin: Option<String>,
    /// The version of that: `6.1`.
    #[uniffi(default = None)]
    pub skin_version: Option<String>,
    /// The language of the phone's own menus (BCP 47), which need not be the app's.
    #[uniffi(default = "")]
    pub language: String,
    /// The SIMs in it, as far as it tells; none where it does not.
    #[uniffi(default = [])]
    pub sims: Vec<SimFacts>,
    /// It is on a Wi-Fi.
    #[uniffi(default = None)]
    pub wifi: Option<bool>,
    /// A VPN is active, an ad blocker that uses one included (`TRANSPORT_VPN`).
    #[uniffi(default = None)]
    pub vpn: Option<bool>,
    /// Private DNS is active (`LinkProperties.isPrivateDnsActive`).
    #[uniffi(default = None)]
    pub private_dns: Option<bool>,
    /// The Wi-Fi waits for a sign-in page (`NET_CAPABILITY_CAPTIVE_PORTAL`).
    #[uniffi(default = None)]
    pub captive_portal: Option<bool>,
    /// The phone is on a cable (`TRANSPORT_ETHERNET`).
    #[uniffi(default = None)]
    pub ethernet: Option<bool>,
    /// Airplane mode is on.
    #[uniffi(default = None)]
    pub airplane_mode: Option<bool>,
    /// The phone is in another network than its home's (`isNetworkRoaming`).
    #[uniffi(default = None)]
    pub roaming: Option<bool>,
    /// The app is in a work profile, or an administrator forbids changing mobile networks or airplane mode.
    #[uniffi(default = None)]
    pub restricted: Option<bool>,
    /// A call is under way.
    #[uniffi(default = None)]
    pub in_call: Option<bool>,
}

/// What a phone runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum PhonePlatform {
    /// iOS.
    Ios,
    /// Android.
    Android,
}

/// A SIM in the phone.
#[derive(Debug, Clone, Default, PartialEq, Eq, uniffi::Record)]
pub struct SimFacts {
    /// Country and network code of its operator (`getSimOperator`): `20605`. Never that of the network it is in.
    #[uniffi(default = None)]
    pub operator: Option<String>,
    /// It is an eSIM.
    #[uniffi(default = None)]
    pub esim: Option<bool>,
    /// The carrier's settings in the phone know Wi-Fi calling (`carrier_wfc_ims_available_bool`).
    #[uniffi(default = None)]
    pub carrier_wifi_calling: Option<bool>,
    /// It is registered over Wi-Fi now (`ServiceState`: transport WLAN, technology IWLAN). Where a phone says so it works;
    /// where it does not, nothing is known.
    #[uniffi(default = None)]
    pub on_wifi: Option<bool>,
}

impl PhoneFacts {
    /// A phone that tells nothing but what it runs.
    pub fn of(platform: PhonePlatform) -> PhoneFacts {
        PhoneFacts {
            platform,
            maker: String::new(),
            brand: String::new(),
            model: String::new(),
            os_version: String::new(),
            skin: None,
            skin_version: None,
            language: String::new(),
            sims: Vec::new(),
            wifi: None,
            vpn: None,
            private_dns: None,
            captive_portal: None,
            ethernet: None,
            airplane_mode: None,
            roaming: None,
            restricted: None,
            in_call: None,
        }
    }
}

/// What is looked at of a foreign list.
const MOST_SIMS: usize = 8;

impl PhoneFacts {
    /// The SIMs that are the operator's, by the networks in its profile.
    pub(super) fn own_sims<'f>(&'f self, networks: &'f [String]) -> impl Iterator<Item = &'f SimFacts> {
        self.known_sims().filter(|sim| {
            let operator = sim.operator.as_deref().map(str::trim);
            operator.is_some_and(|operator| networks.iter().any(|network| network == operator))
        })
    }

    /// The SIMs of which the phone says whose they are.
    pub(super) fn known_sims(&self) -> impl Iterator<Item = &SimFacts> {
        let said = |sim: &&SimFacts| sim.operator.as_deref().is_some_and(|operator| !operator.trim().is_empty());
        self.sims.iter().take(MOST_SIMS).filter(said)
    }
}

/// The first main version of each system that has Wi-Fi calling of operators at all.
const FIRST_IOS: u16 = 9;
const FIRST_ANDROID: u16 = 6;

impl PhoneFacts {
    /// The system is known to be older than any that can do it.
    pub(super) fn is_too_old(&self) -> bool {
        let digits: String = self.os_version.trim().chars().take(4).take_while(char::is_ascii_digit).collect();
        let first = match self.platform {
            PhonePlatform::Ios => FIRST_IOS,
            PhonePlatform::Android => FIRST_ANDROID,
        };
        digits.parse::<u16>().is_ok_and(|version| (1..first).contains(&version))
    }

    /// The phone, as the choice of a guide takes it.
    pub(super) fn phone(&self) -> super::guide::phone::Phone {
        let plmns = self.known_sims().filter_map(|sim| sim.operator.clone()).collect();
        super::guide::phone::Phone {
            platform: super::walk::platform_of(self.platform),
            maker: self.maker.clone(),
            brand: self.brand.clone(),
            model: self.model.clone(),
            os_version: self.os_version.clone(),
            skin: self.skin.clone().unwrap_or_default(),
            skin_version: self.skin_version.clone().unwrap_or_default(),
            language: self.language.clone(),
            sims: super::guide::phone::Sims {
                count: u8::try_from(self.sims.len()).ok().filter(|count| *count > 0),
                plmns,
            },
            is_managed: self.restricted == Some(true),
        }
    }
}
