package io.membersync.connector.consio;

/**
 * What an administrator decided for one integration. Immutable.
 *
 * @param pageSize how many members a page gives at most
 * @param keyHeader the header that carries the API key
 * @param webhooks whether the organization's plan has webhooks, where the registry does not tell
 */
record ConsioSettings(int pageSize, String keyHeader, boolean webhooks) {}
