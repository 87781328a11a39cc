package io.membersync.examples.host.web;

import io.membersync.examples.host.demo.DemoHost;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ValueConstants;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Something that the application answers, and what it has to be told.
 *
 * @param verb GET or POST
 * @param pattern its path
 * @param inputs what it takes, path variables among them
 */
record Route(RequestMethod verb, String pattern, List<Input> inputs) {

    /**
     * A value that a route takes.
     *
     * @param name its name in the request
     * @param type what it is turned into
     * @param required whether the route does not answer without it
     */
    record Input(String name, Class<?> type, boolean required) {

        /** {@return whose id it is, by the names of {@link Samples}; empty for what names nothing} */
        Optional<String> names() {
            return Samples.named(type, name);
        }
    }

    /**
     * A request of a route.
     *
     * @param path the path with everything that a GET says
     * @param form what a POST says
     */
    record Call(String path, Map<String, String> form) {

        boolean says(String text) {
            return path.contains(text) || form.containsValue(text);
        }
    }

    /** {@return all routes that the application has made for its pages} */
    static List<Route> of(DemoHost host) {
        List<Route> routes = new ArrayList<>();
        host.bean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
                .getHandlerMethods()
                .forEach((mapping, handler) -> {
                    if (handler.getBeanType().getName().startsWith("io.membersync.examples.host.")) {
                        Set<RequestMethod> verbs = mapping.getMethodsCondition().getMethods();
                        for (String pattern : mapping.getPatternValues()) {
                            verbs.forEach(verb -> routes.add(new Route(verb, pattern, inputs(handler))));
                        }
                    }
                });
        routes.sort(Comparator.comparing(Route::pattern).thenComparing(Route::verb));
        return routes;
    }

    private static List<Input> inputs(HandlerMethod handler) {
        return Stream.of(handler.getMethodParameters()).flatMap(Route::inputs).toList();
    }

    private static Stream<Input> inputs(MethodParameter parameter) {
        parameter.initParameterNameDiscovery(new DefaultParameterNameDiscoverer());
        String name = Objects.requireNonNull(parameter.getParameterName());
        Class<?> type = parameter.nestedIfOptional().getNestedParameterType();
        RequestParam asked = parameter.getParameterAnnotation(RequestParam.class);
        if (parameter.hasParameterAnnotation(PathVariable.class)) {
            return Stream.of(new Input(name, type, true));
        } else if (asked != null) {
            boolean required = asked.required()
                    && !parameter.isOptional()
                    && asked.defaultValue().equals(ValueConstants.DEFAULT_NONE);
            return Stream.of(new Input(name, type, required));
        }
        boolean form = type.isRecord() && type.getName().startsWith("io.membersync.examples.host.web.");
        return form ? Stream.of(type.getRecordComponents()).map(Route::input) : Stream.empty();
    }

    private static Input input(RecordComponent part) {
        boolean optional = Stream.of(part.getAnnotatedType().getAnnotations())
                .anyMatch(annotation ->
                        annotation.annotationType().getSimpleName().equals("Nullable"));
        return new Input(part.getName(), part.getType(), !optional);
    }

    String key() {
        return verb + " " + pattern;
    }

    /** {@return whether it takes whatever a form says} */
    boolean takesForms() {
        return inputs.stream().anyMatch(input -> Map.class.isAssignableFrom(input.type()));
    }

    /** {@return whether it asks again for a part of a page, or is another thing that is no page} */
    boolean isPage() {
        return verb == RequestMethod.GET
                && !pattern.startsWith("/fragments/")
                && !pattern.endsWith("/csv")
                && !pattern.equals("/live")
                && !pattern.equals("/language");
    }

    /** {@return the kinds of ids that it takes} */
    Set<String> names() {
        Set<String> names = new TreeSet<>();
        inputs.forEach(input -> input.names().ifPresent(names::add));
        Samples.form(this).values().forEach(text -> names.addAll(Samples.kindsIn(text)));
        return names;
    }

    /**
     * Fills in what the route takes.
     *
     * @param ids the ids, by their kinds; what they lack is left out where it may be
     * @return the request; empty where it needs an id that there is none of
     */
    Optional<Call> call(Map<String, String> ids) {
        String path = pattern;
        Map<String, String> said = new LinkedHashMap<>();
        for (Input input : inputs) {
            if (Map.class.isAssignableFrom(input.type())) {
                continue;
            }
            Optional<String> value = input.names().isPresent()
                    ? input.names().map(ids::get)
                    : input.required() || input.name().equals("reason")
                            ? Optional.of(Samples.plain(this, input))
                            : Optional.empty();
            if (value.isEmpty() && input.required()) {
                return Optional.empty();
            }
            if (path.contains("{" + input.name() + "}")) {
                path = path.replace("{" + input.name() + "}", value.orElseThrow());
            } else {
                value.ifPresent(text -> said.put(input.name(), text));
            }
        }
        Samples.form(this).forEach((name, text) -> said.put(name, Samples.filled(text, ids)));
        return Optional.of(
                verb == RequestMethod.GET && !said.isEmpty()
                        ? new Call(path + "?" + Visitor.encoded(said), Map.of())
                        : new Call(path, said));
    }
}
