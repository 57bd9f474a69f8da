package io.sagebench.live.server;

import java.util.Optional;

/// A header whose value is a name that we keep and repeat: in other headers, in bodies, in logs.
final class PlainHeader {
    private static final int MAX_CHARACTERS = 256;

    private PlainHeader() {}

    /// The value without the blanks around it; empty when it is absent or blank.
    ///
    /// @throws BadRequest when it is longer than 256 characters, or has others than those of ASCII that can be printed
    static Optional<String> read(HttpCall call, String header) throws BadRequest {
        Optional<String> given = call.header(header);
        if (given.isPresent() && given.get().length() > MAX_CHARACTERS) {
            throw new BadRequest(
                    ApiError.about(header, "header " + header + " must have at most " + MAX_CHARACTERS + " characters"));
        }
        if (given.isPresent() && !given.get().chars().allMatch(c -> c >= ' ' && c <= '~')) {
            throw new BadRequest(
                    ApiError.about(header, "header " + header + " must be of printable ASCII characters only"));
        }
        return given;
    }
}
