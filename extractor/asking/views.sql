-- What the reports and the graph are made of; every view may be asked by `vnplan query` as well.
-- The tables (plans, citations …) and the lists provinces, ministries, central_bodies, local_codes, total_words
-- (grammars/lexicon) are there already.

-- Patterns made of the lists, the longest words first. They are variables because DuckDB compiles a pattern once when it
-- is a constant, and anew for every row when it is not.
SET VARIABLE province_pattern = (
    SELECT '(?:^|[^\pL])(' || string_agg(kind || ' ' || spelling, '|' ORDER BY length(spelling) DESC, spelling) || ')(?:$|[^\pL])'
    FROM provinces
);
SET VARIABLE of_province_pattern = (
    SELECT ' (' || string_agg(DISTINCT kind, '|' ORDER BY kind) || ') (?:'
        || string_agg(spelling, '|' ORDER BY length(spelling) DESC, spelling) || ')$'
    FROM provinces
);
SET VARIABLE local_pattern = (
    SELECT '(?i)(?:^|[^\pL])(?:' || string_agg(words, '|' ORDER BY words) || ')(?:$|[^\pL])' FROM local_codes
);
SET VARIABLE total_pattern = (
    SELECT '(?i)(?:^|[^\pL])((?:' || string_agg(words, '|' ORDER BY length(words) DESC, words) || ')(?:$|[^\pL.;|\n\t][^.;|\n\t]*$))'
    FROM total_words
);

-- ── Where a plan comes from ──────────────────────────────────────────────────────────────────────────────────────────

-- plan, province, how: 'jurisdiction' and 'issuer' as its header says, 'central' for a body of the centre ("Trung ương"),
-- 'bodies' where a plan of a district or a commune names bodies of one province only. A province that is not said is
-- NULL: there is no list of districts. Provinces are those of the plan's own time, not of the map since July 2025.
CREATE VIEW places AS
WITH named AS (
    SELECT plan, header.how, header.rank, regexp_extract(header.words, getvariable('province_pattern'), 1) AS words
    FROM plans, LATERAL (VALUES (jurisdiction, 'jurisdiction', 1), (issuer, 'issuer', 2)) AS header (words, how, rank)
), of_header AS (
    SELECT plan, arg_min(name, rank) AS province, arg_min(how, rank) AS how
    FROM named JOIN provinces ON words = kind || ' ' || spelling
    GROUP BY plan
), of_centre AS (
    SELECT plan
    FROM plans
    WHERE jurisdiction IS NULL AND EXISTS (
        FROM (SELECT words FROM central_bodies UNION ALL SELECT 'Bộ ' || words FROM ministries) AS centre
        WHERE issuer = centre.words OR starts_with(issuer, centre.words || ' ')
    )
), unsaid AS (
    SELECT plan FROM plans WHERE plan NOT IN (FROM of_centre) AND plan NOT IN (SELECT plan FROM of_header)
), of_bodies AS (
    SELECT plan, min(name) AS province
    FROM (SELECT plan, canonical AS body FROM agencies UNION ALL SELECT plan, issuer FROM citations) AS bodies
    JOIN unsaid USING (plan)
    JOIN provinces ON regexp_extract(body, getvariable('province_pattern'), 1) = kind || ' ' || spelling
    GROUP BY plan
    HAVING count(DISTINCT name) = 1
)
SELECT plan,
    coalesce(of_header.province, of_bodies.province, CASE WHEN of_centre.plan IS NOT NULL THEN 'Trung ương' END) AS province,
    coalesce(of_header.how, CASE WHEN of_bodies.plan IS NOT NULL THEN 'bodies' WHEN of_centre.plan IS NOT NULL THEN 'central' END)
        AS how
FROM plans LEFT JOIN of_header USING (plan) LEFT JOIN of_bodies USING (plan) LEFT JOIN of_centre USING (plan);

-- ── Money ────────────────────────────────────────────────────────────────────────────────────────────────────────────

-- The amounts in đồng that a plan itself calls a total: words of total_words ("tổng kinh phí", "tổng nhu cầu vốn" …)
-- stand before the figure in its sentence, at most 100 code points away and with no other amount between. Ranges and
-- rates (per year, per class) are left out, and what stands in brackets, for that is the total of the one thing before
-- them; so is every figure without such words, were it the plan's budget.
CREATE VIEW stated_totals AS
WITH behind AS (
    SELECT plan, id, start, "end", "value", text, currency, per,
        lag("end", 1, 0) OVER (PARTITION BY plan ORDER BY start) AS last_end
    FROM amounts
), introduced AS (
    SELECT behind.plan, id, start, "value", behind.text,
        -- a line feed alone is a hard wrap, two end a paragraph
        regexp_replace(
            replace(
                nfc_normalize(substring(plans.text, greatest(last_end, start - 100) + 1, start - greatest(last_end, start - 100))),
                chr(13), ''
            ),
            '([^\n])\n([^\n])', '\1 \2', 'g'
        ) AS lead_in
    FROM behind JOIN plans USING (plan)
    WHERE "value" IS NOT NULL AND currency = 'VND' AND per IS NULL
)
SELECT plan, id, start, "value", text,
    trim(regexp_extract(lead_in, getvariable('total_pattern'), 1), ' :*') AS words
FROM introduced
WHERE words <> '' AND NOT regexp_matches(lead_in, '\([^)]*$');

-- ── Documents that plans cite ────────────────────────────────────────────────────────────────────────────────────────

-- A number as it is compared: composed, capitals, one Đ, no leading noughts ("09/Ct-UBND" is "9/CT-UBND").
CREATE MACRO folded_number(number) AS
    regexp_replace(upper(translate(nfc_normalize(number), 'ÐƉðɖ', 'ĐĐđđ')), '^0+', '');

-- The year of a document: of its number ("45/2012/NĐ-CP") or else of its date; '' when neither is given.
CREATE MACRO year_of(number, date) AS
    coalesce(nullif(regexp_extract(number, '[/-]((?:19|20)[0-9]{2})(?:[/-]|$)', 1), ''), left(date, 4), '');

-- Whether every province, district or commune has numbers of this kind ("37/KH-UBND"), so that they name nothing alone.
CREATE MACRO is_local(number) AS
    regexp_matches(number, getvariable('local_pattern'));

-- Which document is meant. Laws are known by name and year, others by type and number with
--   * the year where the number does not hold it: 1419/QĐ-TTg of 2009 is not that of 2020;
--   * the day and the territory, where every province has such numbers: 37/KH-UBND.
-- NULL where the number was left blank ("/QĐ-UBND").
CREATE MACRO document_key(doc_type, number, name, year, date, territory) AS CASE
    WHEN name IS NOT NULL THEN lower(strip_accents(name)) || ' ' || year
    WHEN number IS NULL OR NOT regexp_matches(number, '^[^/-]*[0-9]') THEN NULL
    WHEN is_local(number) THEN lower(doc_type) || ' ' || folded_number(number) || ' ' || coalesce(date, '') || ' ' || territory
    ELSE lower(doc_type) || ' ' || folded_number(number) || ' ' || year
END;

-- Every citation with what it says of its document, a short form ("Quyết định số 1132/QĐ-TTg") with what the fuller
-- citation in the same plan says. Two things are filled in from the other plans of the corpus: the name of a law of which
-- only the number is given, and the year of a number that the corpus knows of one year only.
CREATE VIEW cited AS
WITH whole AS (
    SELECT citations.plan, citations.id, citations.start,
        coalesce(citations.relation, 'mention') AS relation,
        coalesce(fuller.doc_type, citations.doc_type) AS doc_type,
        coalesce(fuller.number, citations.number) AS number,
        coalesce(fuller.name, citations.name) AS name,
        coalesce(fuller.date, citations.date) AS date,
        coalesce(fuller.issuer, citations.issuer) AS issuer,
        coalesce(fuller.subject, citations.subject) AS subject
    FROM citations LEFT JOIN citations AS fuller ON fuller.plan = citations.plan AND fuller.id = citations.refers_to
), known AS (
    SELECT doc_type, folded_number(number) AS folded, min(name) AS name,
        CASE WHEN count(DISTINCT nullif(year_of(number, date), '')) = 1 THEN max(year_of(number, date)) ELSE '' END AS year
    FROM whole
    WHERE number IS NOT NULL AND NOT is_local(number)
    GROUP BY ALL
), filled AS (
    SELECT whole.* REPLACE (coalesce(whole.name, known.name) AS name),
        coalesce(nullif(year_of(number, date), ''), known.year, '') AS year,
        -- the territory: that which the issuer names, or else that of the plan which cites, or else that plan itself
        coalesce(
            provinces.name, CASE WHEN places.how <> 'central' THEN places.province END, whole.plan
        ) AS territory
    FROM whole
    JOIN places USING (plan)
    LEFT JOIN known ON known.doc_type = whole.doc_type AND known.folded = folded_number(number)
    LEFT JOIN provinces ON regexp_extract(issuer, getvariable('province_pattern'), 1) = kind || ' ' || spelling
)
SELECT *, document_key(doc_type, number, name, year, date, territory) AS document FROM filled;

-- The plans of the corpus that have a number, by the same key.
CREATE VIEW plan_documents AS
SELECT plan, document_key(
    doc_type, number, NULL, year_of(number, date), date, coalesce(CASE WHEN how <> 'central' THEN province END, plan)
) AS document
FROM plans JOIN places USING (plan)
WHERE document IS NOT NULL;

-- plan, document, relation, count of mentions; a document that names itself is left out, and so are blank numbers.
CREATE VIEW plan_citations AS
SELECT plan, document, relation, count(*) AS mentions
FROM cited
WHERE document IS NOT NULL AND (plan, document) NOT IN (FROM plan_documents)
GROUP BY ALL;

-- Each cited document once, with what its first citations say of it; label: how it is called.
CREATE VIEW documents AS
WITH described AS (
    SELECT document, count(DISTINCT plan) AS plans, count(*) AS mentions,
        first(doc_type ORDER BY plan, start) AS doc_type,
        first(number ORDER BY plan, start) FILTER (number IS NOT NULL) AS number,
        first(name ORDER BY plan, start) FILTER (name IS NOT NULL) AS name,
        first(date ORDER BY length(date) DESC, plan, start) FILTER (date IS NOT NULL) AS date,
        max(year) AS year,
        first(issuer ORDER BY plan, start) FILTER (issuer IS NOT NULL) AS issuer,
        first(subject ORDER BY plan, start) FILTER (subject IS NOT NULL) AS subject
    FROM cited JOIN plan_citations USING (plan, document, relation)
    GROUP BY document
)
SELECT coalesce(name, doc_type || ' ' || number)
        || CASE WHEN year <> '' AND NOT contains(coalesce(name, number), year) THEN ' (' || year || ')' ELSE '' END AS label, *
FROM described;

-- ── Who and when ─────────────────────────────────────────────────────────────────────────────────────────────────────

-- plan, id (of an activity), lead: canonical name; body: the same without the name of its province or of the plan's own
-- territory, so that "Sở Y tế tỉnh Gia Lai" and "Sở Y tế tỉnh Hà Nam" are one kind of body, "Sở Y tế tỉnh".
CREATE VIEW leads AS
WITH led AS (
    SELECT plan, activities.id, unnest(list_distinct(activities.lead)) AS lead FROM activities
)
SELECT plan, id, lead, jurisdiction,
    CASE
        WHEN jurisdiction IS NOT NULL AND ends_with(lead, ' ' || jurisdiction)
            THEN left(lead, length(lead) - length(jurisdiction)) || regexp_extract(jurisdiction, '^[^\p{Lu}]*[^\p{Lu} ]')
        ELSE regexp_replace(lead, getvariable('of_province_pattern'), ' \1')
    END AS body
FROM led JOIN plans USING (plan);

-- A normal form (docs/annotation.md) as the number of its first and its last quarter, year * 4 + 0 … 3; NULL for a
-- year, for what has no year (XXXX) and for what recurs (P3M).
CREATE MACRO first_quarter(form) AS CASE
    WHEN regexp_full_match(form, '[0-9]{4}-Q[1-4]') THEN left(form, 4)::INT * 4 + right(form, 1)::INT - 1
    WHEN regexp_full_match(form, '[0-9]{4}-H[12]') THEN left(form, 4)::INT * 4 + (right(form, 1)::INT - 1) * 2
    WHEN regexp_full_match(form, '[0-9]{4}-[0-9]{2}(-[0-9]{2})?') THEN left(form, 4)::INT * 4 + (form[6:7]::INT - 1) // 3
END;
CREATE MACRO last_quarter(form) AS first_quarter(form) + CASE WHEN contains(form, '-H') THEN 1 ELSE 0 END;

-- plan, id (of an activity), quarter: an activity once in each quarter that it names: by a day, month, quarter or half
-- year; by a period of at most four quarters, in each of them; by a deadline ("../2019-12-25"), in the quarter in which
-- it ends. Years, longer periods, "from then on" and what recurs name no quarter.
CREATE VIEW activity_quarters AS
WITH sides AS (
    SELECT plan, id, split_part(form, '/', 1) AS since, split_part(form, '/', -1) AS until
    FROM (SELECT plan, id, unnest(times) AS form FROM activities)
), spans AS (
    SELECT plan, id, CASE WHEN since = '..' THEN last_quarter(until) ELSE first_quarter(since) END AS first, last_quarter(until) AS last
    FROM sides
), numbered AS (
    SELECT DISTINCT plan, id, unnest(range(first, last + 1)) AS number
    FROM spans
    WHERE last - first BETWEEN 0 AND 3
)
SELECT plan, id, number // 4 || '-Q' || number % 4 + 1 AS quarter FROM numbered;

-- ── Who carries out what ─────────────────────────────────────────────────────────────────────────────────────────────

-- id, kind ('plan' for the plans of the corpus, 'document' for what they cite), label …; a cited document that is itself a
-- plan of the corpus is that plan, and no node of its own.
CREATE VIEW graph_nodes AS
SELECT 'plan:' || plan AS id, 'plan' AS kind, coalesce(CASE WHEN document IS NOT NULL THEN doc_type || ' ' || number END, title, plan) AS label,
    doc_type, number, date, issuer, title AS subject, places.province
FROM plans JOIN places USING (plan) LEFT JOIN plan_documents USING (plan)
UNION ALL
SELECT 'document:' || document, 'document', label, doc_type, number, date, issuer, subject, NULL
FROM documents
WHERE document NOT IN (SELECT document FROM plan_documents)
ORDER BY kind DESC, id;

-- source (a plan), target, relation: 'basis' (căn cứ, thực hiện), 'promulgation' (ban hành kèm theo), 'mention'; mentions:
-- how often the plan cites it so.
CREATE VIEW graph_links AS
WITH copies AS (
    SELECT document, min(plan) AS held FROM plan_documents GROUP BY document
)
SELECT 'plan:' || plan AS source, coalesce('plan:' || held, 'document:' || document) AS target, relation, mentions
FROM plan_citations LEFT JOIN copies USING (document)
ORDER BY ALL;
