-- kernel: who leads, who was declared absent and who was sent in his place, as the books had it at an earlier moment.

select sys.keep_past('lead_duty', array['operation_id', 'day', 'office']);
select sys.keep_past('absence', array['absence_id']);
select sys.keep_past('stand_in', array['stand_in_id']);
select sys.keep_past('attendance_rule', array['rule_set']);
