package io.membersync.examples.host.web;

import io.membersync.MemberSync;
import io.membersync.MemberSyncEngine;
import io.membersync.examples.host.login.HostUser;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Gives pages the engine as whoever is logged in: no page can ask for more than its user may. */
@Component
public class CallerArguments implements HandlerMethodArgumentResolver, WebMvcConfigurer {

    private final MemberSyncEngine engine;

    CallerArguments(MemberSyncEngine engine) {
        this.engine = engine;
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(this);
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == MemberSync.class;
    }

    @Override
    public MemberSync resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        Authentication login = SecurityContextHolder.getContext().getAuthentication();
        if (login != null && login.getPrincipal() instanceof HostUser user) {
            return engine.as(user.caller());
        }
        throw new IllegalStateException("Only administrators come here");
    }
}
