package io.membersync.examples.host.demo;

import io.membersync.examples.host.login.HostUser;
import io.membersync.model.IntegrationId;
import io.membersync.model.OrganizationId;
import io.membersync.secret.KeyProvider;
import io.membersync.testkit.simulator.consio.ConsioSimulator;
import io.membersync.testkit.simulator.cornerstone.CornerstoneSimulator;
import io.membersync.testkit.simulator.dataverse.DataverseSimulator;
import io.membersync.testkit.simulator.vipps.VippsSimulator;
import io.membersync.vipps.IdentityProfile;
import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.context.event.EventListener;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.InMemoryClientRegistrationRepository;
import org.springframework.security.oauth2.core.AuthorizationGrantType;

/** The simulated registries and Vipps, each on a port of its own. */
@Configuration(proxyBeanMethods = false)
@Profile("demo")
public class DemoRegistries {

    static final OrganizationId MOUNTAINS = OrganizationId.of("fjell");
    static final OrganizationId SEA = OrganizationId.of("hav");
    static final OrganizationId SOUND = OrganizationId.of("lyd");
    static final IntegrationId MOUNTAINS_REGISTRY = IntegrationId.of("fjell-cornerstone");
    static final IntegrationId SEA_REGISTRY = IntegrationId.of("hav-consio");
    static final IntegrationId SOUND_REGISTRY = IntegrationId.of("lyd-dynamics");
    static final HostUser KARI = new HostUser("kari", "", Optional.of(MOUNTAINS));
    static final String NEXT_KEY = "cs_demo_the-next-key";
    static final String YOUTH_KEY = "cs_demo_youth-club";

    private static final int MOUNTAIN_MEMBERS = 240;
    private static final int SEA_MEMBERS = 150;
    private static final int SOUND_MEMBERS = 180;
    private static final int YOUTH_MEMBERS = 35;

    DemoRegistries() {}

    @Bean(destroyMethod = "close")
    CornerstoneSimulator cornerstone() {
        return CornerstoneSimulator.builder()
                .room("fjell", "Fjellklubben Nord")
                .members(MOUNTAIN_MEMBERS)
                .seed(11)
                .addKey(NEXT_KEY, "fjell", "members:read", "members:write", "nin:write")
                .addRoom("ung", "Ungdomslaget Vest", YOUTH_MEMBERS, 17)
                .addKey(YOUTH_KEY, "ung", "members:read", "members:write", "nin:write")
                .start();
    }

    @Bean(destroyMethod = "close")
    ConsioSimulator consio() {
        return ConsioSimulator.builder()
                .organization(77, "Havpadlerne Sør")
                .members(SEA_MEMBERS)
                .seed(12)
                .webhooks(true)
                .start();
    }

    @Bean(destroyMethod = "close")
    DataverseSimulator dataverse() {
        return DataverseSimulator.builder()
                .organizationName("Landsforbundet Lyd")
                .members(SOUND_MEMBERS)
                .seed(13)
                .start();
    }

    @Bean(destroyMethod = "close")
    VippsSimulator vipps() {
        return VippsSimulator.start(InstantSource.system());
    }

    @Bean
    KeyProvider demoKeys() {
        return KeyProvider.random();
    }

    @Bean
    IdentityProfile vippsProfile(VippsSimulator vipps) {
        return IdentityProfile.vippsAt(vipps.origin(), vipps.clientId());
    }

    @Bean
    ClientRegistrationRepository vippsClient(VippsSimulator vipps, IdentityProfile profile) {
        String origin = vipps.origin().toString();
        return new InMemoryClientRegistrationRepository(ClientRegistration.withRegistrationId("vipps")
                .clientName("Vipps")
                .clientId(vipps.clientId())
                .clientSecret(vipps.clientSecret())
                .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
                .redirectUri("{baseUrl}/login/oauth2/code/{registrationId}")
                .scope("openid", "name", "nin")
                .issuerUri(profile.issuer())
                .authorizationUri(origin + "/access-management-1.0/access/oauth2/auth")
                .tokenUri(origin + "/access-management-1.0/access/oauth2/token")
                .jwkSetUri(origin + "/access-management-1.0/access/.well-known/jwks.json")
                .userInfoUri(origin + "/vipps-userinfo-api/userinfo")
                .userNameAttributeName("sub")
                .build());
    }

    /** Tells Vipps where members are sent back to, as soon as the port is known. */
    @Configuration(proxyBeanMethods = false)
    @Profile("demo")
    static class Redirect {

        private final VippsSimulator vipps;

        Redirect(VippsSimulator vipps) {
            this.vipps = vipps;
        }

        @EventListener
        void started(WebServerInitializedEvent event) {
            vipps.redirectsTo(
                    URI.create("http://localhost:" + event.getWebServer().getPort() + "/login/oauth2/code/vipps"));
        }
    }
}
