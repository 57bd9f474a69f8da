package io.sagebench.report.csv;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvCellTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '~',
            textBlock =
                    """
                    fifo; fifo
                    a,b; "a,b"
                    say "hi" now; "say ""hi"" now"
                    =HYPERLINK("x"); "'=HYPERLINK(""x"")"
                    @SUM(A1); '@SUM(A1)
                    -2+3; '-2+3
                    +cmd|calc; '+cmd|calc
                    -3.25; -3.25
                    1e-5; 1e-5
                    -; '-
                    ~~; ~~
                    """)
    void aTextIsNoFormulaAndANumberStaysOne(String text, String cell) {
        assertThat(CsvCell.of(text)).isEqualTo(cell);
    }
}
