-- The records as version 1 wrote them: a session with everything in it, and an interrupted one. Never changed.
PRAGMA application_id = 1363308404;
PRAGMA user_version = 1;
BEGIN TRANSACTION;
CREATE TABLE event (
    session INTEGER NOT NULL REFERENCES session (id) ON DELETE CASCADE,
    number INTEGER NOT NULL CHECK (number >= 1), -- in the session, without gaps
    at TEXT NOT NULL,
    kind TEXT NOT NULL,
    question INTEGER,                            -- its place in the session
    question_key TEXT,                           -- of "asked"
    topic TEXT,                                  -- of "asked"
    points INTEGER CHECK (points BETWEEN 0 AND 100),
    body TEXT NOT NULL,                          -- the event as JSON; last, for it may overflow to other pages
    PRIMARY KEY (session, number)
) STRICT;
INSERT INTO "event" VALUES(1,1,'2025-03-01T18:05:09.120Z','started',NULL,NULL,NULL,NULL,'{"questions":["ml/one","ml/two","job/three"],"wish":{"count":3,"topic":"","level":null},"seed":7,"version":"0.1.0"}');
INSERT INTO "event" VALUES(1,2,'2025-03-01T18:05:09.120Z','asked',1,'ml/one','evaluation',NULL,'{"number":1,"total":3,"key":"ml/one","text":"What is ml/one? [/] \u2603","topic":"evaluation","level":"entry","kind":"skill","digest":"digest-1"}');
INSERT INTO "event" VALUES(1,3,'2025-03-01T18:06:09.120Z','hinted',1,NULL,NULL,NULL,'{"number":1,"concept":"noise","text":"Think of noise."}');
INSERT INTO "event" VALUES(1,4,'2025-03-01T18:07:09.120Z','answered',1,NULL,NULL,40,'{"number":1,"text":"noise, gpa","mark":{"points":40,"verdict":"partial","concepts":[{"id":"noise","name":"fits noise","state":"earned","worth":2.0,"share":1.0,"keyword":"fits noise","spans":[{"start":0,"end":5,"how":"stem","word":"noise"}]},{"id":"gap","name":"the gap grows","state":"partly","worth":1.0,"share":0.3333,"keyword":"","spans":[{"start":7,"end":10,"how":"typo","word":"gap"}]}],"misconceptions":[{"id":"swapped","say":"The wrong way round.","costs":2.0,"spans":[{"start":0,"end":3,"how":"exact","word":"low"}]}],"remarks":["short"],"grader":"1"},"points":40,"seconds":12.3,"probe":""}');
INSERT INTO "event" VALUES(1,5,'2025-03-01T18:07:09.120Z','probed',1,NULL,NULL,NULL,'{"number":1,"concept":"gap","text":"And the curves?"}');
INSERT INTO "event" VALUES(1,6,'2025-03-01T18:08:09.120Z','answered',1,NULL,NULL,55,'{"number":1,"text":"a gap","mark":{"points":55,"verdict":"partial","concepts":[{"id":"noise","name":"fits noise","state":"earned","worth":2.0,"share":1.0,"keyword":"fits noise","spans":[{"start":0,"end":5,"how":"stem","word":"noise"}]},{"id":"gap","name":"the gap grows","state":"partly","worth":1.0,"share":0.3333,"keyword":"","spans":[{"start":7,"end":10,"how":"typo","word":"gap"}]}],"misconceptions":[{"id":"swapped","say":"The wrong way round.","costs":2.0,"spans":[{"start":0,"end":3,"how":"exact","word":"low"}]}],"remarks":["short"],"grader":"1"},"points":55,"seconds":12.3,"probe":"gap"}');
INSERT INTO "event" VALUES(1,7,'2025-03-01T18:08:09.120Z','revealed',1,NULL,NULL,NULL,'{"number":1,"text":"A full answer."}');
INSERT INTO "event" VALUES(1,8,'2025-03-01T18:08:09.120Z','asked',2,'ml/two','evaluation',NULL,'{"number":2,"total":3,"key":"ml/two","text":"What is ml/two? [/] \u2603","topic":"evaluation","level":"entry","kind":"skill","digest":"digest-1"}');
INSERT INTO "event" VALUES(1,9,'2025-03-01T18:09:09.120Z','skipped',2,NULL,NULL,0,'{"number":2,"given_up":true}');
INSERT INTO "event" VALUES(1,10,'2025-03-01T18:09:09.120Z','revealed',2,NULL,NULL,NULL,'{"number":2,"text":"Another."}');
INSERT INTO "event" VALUES(1,11,'2025-03-01T18:09:09.120Z','asked',3,'job/three','the-job',NULL,'{"number":3,"total":3,"key":"job/three","text":"What is job/three? [/] \u2603","topic":"the-job","level":"entry","kind":"skill","digest":"digest-1"}');
INSERT INTO "event" VALUES(1,12,'2025-03-01T18:10:09.120Z','skipped',3,NULL,NULL,NULL,'{"number":3,"given_up":false}');
INSERT INTO "event" VALUES(1,13,'2025-03-01T18:10:09.120Z','revealed',3,NULL,NULL,NULL,'{"number":3,"text":""}');
INSERT INTO "event" VALUES(1,14,'2025-03-01T18:10:09.120Z','finished',NULL,NULL,NULL,NULL,'{"reason":"done"}');
INSERT INTO "event" VALUES(2,1,'2025-03-01T19:05:09.120Z','started',NULL,NULL,NULL,NULL,'{"questions":["ml/one","ml/two","job/three"],"wish":{"count":3,"topic":"","level":null},"seed":7,"version":"0.1.0"}');
INSERT INTO "event" VALUES(2,2,'2025-03-01T19:05:09.120Z','asked',1,'ml/one','evaluation',NULL,'{"number":1,"total":3,"key":"ml/one","text":"What is ml/one? [/] \u2603","topic":"evaluation","level":"entry","kind":"skill","digest":"digest-1"}');
INSERT INTO "event" VALUES(2,3,'2025-03-01T19:06:09.120Z','hinted',1,NULL,NULL,NULL,'{"number":1,"concept":"noise","text":"Think of noise."}');
INSERT INTO "event" VALUES(2,4,'2025-03-01T19:07:09.120Z','answered',1,NULL,NULL,40,'{"number":1,"text":"noise, gpa","mark":{"points":40,"verdict":"partial","concepts":[{"id":"noise","name":"fits noise","state":"earned","worth":2.0,"share":1.0,"keyword":"fits noise","spans":[{"start":0,"end":5,"how":"stem","word":"noise"}]},{"id":"gap","name":"the gap grows","state":"partly","worth":1.0,"share":0.3333,"keyword":"","spans":[{"start":7,"end":10,"how":"typo","word":"gap"}]}],"misconceptions":[{"id":"swapped","say":"The wrong way round.","costs":2.0,"spans":[{"start":0,"end":3,"how":"exact","word":"low"}]}],"remarks":["short"],"grader":"1"},"points":40,"seconds":12.3,"probe":""}');
INSERT INTO "event" VALUES(2,5,'2025-03-01T19:07:09.120Z','probed',1,NULL,NULL,NULL,'{"number":1,"concept":"gap","text":"And the curves?"}');
CREATE TABLE session (
    id INTEGER PRIMARY KEY AUTOINCREMENT, -- a number is never given twice: people write it down
    started_at TEXT NOT NULL,
    finished_at TEXT,
    reason TEXT,                          -- why it finished: done, quit
    seed INTEGER NOT NULL,
    version TEXT NOT NULL,                -- of quizbot
    total INTEGER NOT NULL,               -- questions planned
    wish TEXT NOT NULL,                   -- JSON
    CHECK ((finished_at IS NULL) = (reason IS NULL))
) STRICT;
INSERT INTO "session" VALUES(1,'2025-03-01T18:05:09.120Z','2025-03-01T18:10:09.120Z','done',7,'0.1.0',3,'{"count":3,"topic":"","level":null}');
INSERT INTO "session" VALUES(2,'2025-03-01T19:05:09.120Z',NULL,NULL,7,'0.1.0',3,'{"count":3,"topic":"","level":null}');
CREATE INDEX event_of_list ON event (session, number, kind, question, topic, points)
    WHERE kind IN ('asked', 'answered', 'skipped');
CREATE INDEX event_of_plan ON event (question_key, at, kind)
    WHERE kind = 'asked';
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('session',2);
COMMIT;
