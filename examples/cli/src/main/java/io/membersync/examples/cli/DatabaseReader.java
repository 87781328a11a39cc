package io.membersync.examples.cli;

import java.nio.file.Path;
import java.util.Optional;

/** Reads where members and state are kept: a file of H2, or a database by its JDBC address. */
final class DatabaseReader {

    private final Secrets secrets;
    private final Path folder;

    DatabaseReader(Secrets secrets, Path folder) {
        this.secrets = secrets;
        this.folder = folder;
    }

    /** Without a word in the configuration the database has its name. */
    Database read(Optional<JsonFields> storage, Path configuration) {
        Path fileName = configuration.getFileName();
        String standard = (fileName == null ? "membersync" : fileName.toString()).replaceFirst("\\.[^.]*$", "");
        return storage.map(fields -> read(fields, standard)).orElseGet(() -> Database.file(folder.resolve(standard)));
    }

    private Database read(JsonFields fields, String standard) {
        Optional<String> file = fields.text("file");
        Optional<String> url = fields.text("url");
        Optional<String> user = secrets.find(fields, "user").map(Secret::reveal);
        Optional<Secret> password = secrets.find(fields, "password");
        fields.refuseOthers();
        if (file.isPresent() && url.isPresent()) {
            fields.refuse("file", "or url is needed, and not both");
        }
        if (file.filter(name -> name.contains(";")).isPresent()) {
            fields.refuse("file", "must not hold a semicolon");
        }
        if (url.isPresent()) {
            if (!url.get().matches("jdbc:(postgresql|h2):\\S+")) {
                fields.refuse(
                        "url", "must be a JDBC address of PostgreSQL or H2, such as jdbc:postgresql://host/members");
            }
            return new Database(url.get(), Optional.empty(), user.orElse(""), password.orElse(new Secret("")));
        }
        return Database.file(folder.resolve(file.orElse(standard)));
    }
}
